"""Django application: the site's own management commands."""

from django.apps import AppConfig


class FoodsafetyConfig(AppConfig):
    name = "foodsafety"
    verbose_name = "食安督办"
