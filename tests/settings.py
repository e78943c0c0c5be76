"""Settings of the tests: the site's own, with a throw-away secret, folder and in-process broker."""

import os
import tempfile

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="foodsafety-tests-"))
os.environ.setdefault("BROKER_URL", "memory://")
# On one day all tests mean the same; a test of another day sets it.
os.environ.setdefault("CLOCK_DATE", "2026-10-13")

from foodsafety.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
