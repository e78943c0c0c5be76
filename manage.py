#!/usr/bin/env python
"""Django's command line for 食安督办."""

import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line


def main() -> None:
    """Run the command; a wrong setting is told in one line instead of a traceback."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "foodsafety.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"配置有误：{error}")


if __name__ == "__main__":
    main()
