"""Settings of the site, all read from the environment (see `docs/deployment.md`)."""

from pathlib import Path
from typing import Any

import environ
from django.urls import reverse

from foodsafety.environment import LOG_LEVELS, Environment

BASE_DIR = Path(__file__).resolve().parent.parent
env = Environment()
VAR_DIR = env.folder("VAR_DIR", BASE_DIR / "var")

SECRET_KEY = env.secret("SECRET_KEY")
DEBUG = env.flag("DEBUG", default=False)
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.origins("CSRF_TRUSTED_ORIGINS")
BEHIND_HTTPS = env.flag("BEHIND_HTTPS", default=False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = BEHIND_HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_HTTPS else None
SECURE_HSTS_SECONDS = 31_536_000 if BEHIND_HTTPS else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# The proxy redirects to HTTPS; one host among a government's many does not speak for the others (docs/deployment.md).
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W008", "security.W021"]
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "core.problem_pages.csrf_failure"

CLOCK_DATE = env.day("CLOCK_DATE")
DEMO = env.flag("DEMO", default=False)

INSTALLED_APPS = [
    "foodsafety.admin_site.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django_htmx",
    "axes",
    "csp",
    "rest_framework",
    "core",
    "departments",
    "tasks",
    "indicators",
    "reporting",
    "intake",
    "dashboards",
    "foodsafety",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.LogInRequired",
    "departments.middleware.PasswordChangeRequired",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "core.middleware.ProblemPages",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "foodsafety.urls"
WSGI_APPLICATION = "foodsafety.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "foodsafety.frame.frame",
            ],
        },
    }
]

DATABASE_URL = env.database_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'foodsafety.sqlite3'}")
database: dict[str, Any] = dict(environ.Env.db_url_config(DATABASE_URL))
if database["ENGINE"] == "django.db.backends.sqlite3":
    # Default options lose concurrent transactions to "database is locked"; these lose none.
    database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    database["CONN_MAX_AGE"] = 60
    database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": database}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# The page of a plan and of a department lies in an upper package, which lower ones may not name.
ABSOLUTE_URL_OVERRIDES = {
    "tasks.plan": lambda plan: reverse("dashboards:plan_ledger", args=[plan.pk]),
    "tasks.measure": lambda measure: reverse("dashboards:measure", args=[measure.pk]),
    "departments.department": lambda department: reverse("dashboards:department", args=[department.pk]),
}

AUTH_USER_MODEL = "departments.User"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
DEMO_LOG_INS = "foodsafety.demo.demo_log_ins"  # what the log-in page of a demo offers
LOGIN_URL = "departments:log_in"
LOGIN_REDIRECT_URL = "dashboards:home"
LOGOUT_REDIRECT_URL = "departments:log_in"
AXES_FAILURE_LIMIT = env.number("LOCKOUT_AFTER", 5, least=1)
AXES_COOLOFF_TIME = 0.5  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_CLIENT_IP_CALLABLE = "core.client_address.client_address"
AXES_VERBOSE = False
AXES_ENABLE_ADMIN = False
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "departments/locked_out.html"
AXES_HTTP_RESPONSE_CODE = 429

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = env.folder("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

UPLOAD_LIMIT = 20 * 1024 * 1024  # bytes of one file
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024  # bytes of a form without its files; a pasted plan has 100 KB
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
        "base-uri": ["'self'"],
        "object-src": ["'none'"],
    }
}

REST_FRAMEWORK = {
    "DEFAULT_PERMISSION_CLASSES": ["core.permissions.DenyAll"],
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "EXCEPTION_HANDLER": "core.api.problem_response",
}

BROKER_URL = env.broker_url("BROKER_URL", "filesystem://")
CELERY_BROKER_URL = "filesystem://localhost" if BROKER_URL == "filesystem://" else BROKER_URL
if BROKER_URL.startswith("filesystem:"):
    QUEUE_DIR = VAR_DIR / "queue"
    for folder in (QUEUE_DIR, QUEUE_DIR / "control"):
        folder.mkdir(parents=True, exist_ok=True)
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(QUEUE_DIR),
        "data_folder_out": str(QUEUE_DIR),
        "control_folder": str(QUEUE_DIR / "control"),
        "polling_interval": 0.2,
    }
elif BROKER_URL.startswith("redis"):
    CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 2}  # seconds
# A page does not wait for a lost broker: the minute tick makes up for it.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")
CELERY_BEAT_SCHEDULE = {
    "outbox-tick": {"task": "core.jobs.dispatch_outbox", "schedule": 60.0},
    # After midnight every plan; in between a look for what an outage has left.
    "day-tick": {"task": "dashboards.jobs.refresh_the_day", "schedule": 60.0},
}
# Seconds that a topic's work may take; ten minutes for others. A plan is read in seconds, by LibreOffice in a minute,
# and judged in seconds: what a killed worker held is soon taken up, and who was only slow has the next one wait.
OUTBOX_LEASES = {
    "import.uploaded": env.number("READING_LEASE", 150, least=1),
    "place.standing": 60,
    "plan.standing": 60,
}
OUTBOX_HANDLERS = "foodsafety.wiring.HANDLERS"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.choice("LOG_LEVEL", "INFO", LOG_LEVELS)},
    # Django's own handlers off, or each line would come twice.
    "loggers": {
        "django": {"handlers": [], "propagate": True},
        # The tick would write two lines a minute; failures are logged above this level.
        "celery.worker.strategy": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "axes.handlers.database": {"level": "WARNING"},
    },
}
