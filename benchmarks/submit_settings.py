"""The portal's settings with the bare view's route; for `submit.py` alone."""

from foodsafety.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.submit_urls"
