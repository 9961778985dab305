"""Settings: one file, everything that differs between installations read from the environment.

With nothing set this is the embedded installation: SQLite and private files under var/, mail written to a folder,
for this machine alone. DATABASE_URL makes it production, and the safe values are then demanded, not guessed.
"""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from config import single_sign_on
from config.environment import (
    database,
    env,
    env_bool,
    env_int,
    env_list,
    env_one_of,
    env_url,
    kept_folder,
    kept_secret,
)

BASE_DIR = Path(__file__).resolve().parent.parent

# Where this installation keeps what it writes.
VAR_DIR = Path(env("VAR_DIR", str(BASE_DIR / "var")))
EMBEDDED = "DATABASE_URL" not in os.environ
DEBUG = env_bool("DEBUG", False)
SECRET_KEY = kept_secret(VAR_DIR / "secret_key") if EMBEDDED and "SECRET_KEY" not in os.environ else env("SECRET_KEY")
HTTPS = env_bool("HTTPS", not EMBEDDED)
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS", "")
# `manage.py serve` listens on this port of this machine alone, and begins a demonstration unless EMPTY says otherwise,
# with the past of a plan where HISTORY asks for it.
PORT = env_int("PORT", 8000)
EMPTY = env_bool("EMPTY", False)
HISTORY = env_bool("HISTORY", False)
SITE_ADDRESS = env("SITE_ADDRESS", f"http://127.0.0.1:{PORT}")

INSTALLED_APPS = [
    "tracker",  # first, so that its sign-in and admin templates stand before the packages' own
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_filters",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "tracker.web.acting.ActingMiddleware",
    "tracker.web.doors.SessionAgeMiddleware",
    "tracker.web.doors.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ]
        },
    }
]

DATABASES = {
    "default": database(
        env_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'tracker.sqlite3'}", {"sqlite", "postgres", "postgresql"})
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "tracker.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
# People are added by leads and administrators; nobody signs themselves up.
ACCOUNT_ADAPTER = "tracker.web.accounts.ClosedAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""  # the subjects name the service themselves
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "tracker.web.forms.accounts.SignInForm",
    "reset_password": "tracker.web.forms.accounts.ForgottenForm",
    "reset_password_from_key": "tracker.web.forms.accounts.NewPasswordForm",
    "change_password": "tracker.web.forms.accounts.ChangePasswordForm",
}
ACCOUNT_LOGIN_ON_PASSWORD_RESET = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if HTTPS else "http"
# Guessing: so many failures for one address and one network address before sign-in is closed for five minutes.
ACCOUNT_RATE_LIMITS = {"login_failed": "20/5m/ip,5/5m/key"}
# The second factor: nobody has to have one ("off"), or who keeps a plan or its people ("leads"), or "everybody".
SECOND_FACTOR = env_one_of("SECOND_FACTOR", "off" if EMBEDDED else "leads", ("off", "leads", "everybody"))
MFA_ADAPTER = "tracker.web.accounts.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Improvement tracker"
MFA_TOTP_TOLERANCE = 1  # telephones whose clocks go half a minute wrong; a code is still taken once only
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # addresses are given with the account, and proven by the link in the first mail
MFA_FORMS = {
    "authenticate": "tracker.web.forms.second_factor.SignInCodeForm",
    "reauthenticate": "tracker.web.forms.second_factor.AgainCodeForm",
    "activate_totp": "tracker.web.forms.second_factor.FirstCodeForm",
}
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "tracker.web.link_keys.LinkKeys"  # noqa: S105  a class, no password
# The councils' own sign-in, where it is set: docs/signing-in.md. Nobody gets an account by it.
SINGLE_SIGN_ON = single_sign_on.providers()
SOCIALACCOUNT_ADAPTER = "tracker.web.single_sign_on.CouncilAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_I18N = False
USE_TZ = True

# Evidence and reports are private: they have no address of their own and leave through a permission check only.
MEDIA_ROOT = VAR_DIR / "files"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700

STATIC_URL = "/static/"
STATIC_ROOT = kept_folder(VAR_DIR / "static")
# The front-end files that config/frontend builds; a folder of their own keeps the checkout clean.
FRONTEND_DIR = kept_folder(VAR_DIR / "frontend")
STATICFILES_DIRS = [FRONTEND_DIR]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": env("STATICFILES_STORAGE", "whitenoise.storage.CompressedManifestStaticFilesStorage"),
    },
}

# The broker of Celery and the cache that counts failed sign-ins: nothing stands in it that the database lacks.
# redis://host:6379, rediss://… or unix:///path/of/socket.
REDIS_URL = env("REDIS_URL", "")
CACHES = {
    # A database of its own, so that emptying the cache leaves the queue alone; one named in the address comes first.
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"db": 1},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

# Mail: a folder in the embedded installation, a server by EMAIL_URL (smtp://user:password@host:port) in production.
EMAIL_URL = env_url("EMAIL_URL", f"folder://{VAR_DIR / 'mail'}", {"folder", "smtp", "smtps", "smtp+tls"})
if EMAIL_URL.scheme == "folder":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = unquote(EMAIL_URL.path)
else:
    EMAIL_HOST, EMAIL_PORT = EMAIL_URL.hostname or "localhost", EMAIL_URL.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(EMAIL_URL.username or ""), unquote(EMAIL_URL.password or "")
    EMAIL_USE_SSL, EMAIL_USE_TLS = EMAIL_URL.scheme == "smtps", EMAIL_URL.scheme == "smtp+tls"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("FROM_EMAIL", "Improvement tracker <tracker@localhost>")

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
if env_bool("BEHIND_PROXY", False):
    # The address of who knocks is what the proxy says; else one person's wrong passwords would lock out everybody.
    ALLAUTH_TRUSTED_PROXY_COUNT = env_int("PROXY_COUNT", 1)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
# Signed out after so many minutes without a page, and after so many hours whatever is done.
SESSION_IDLE_MINUTES = env_int("SESSION_IDLE_MINUTES", 60)
SESSION_COOKIE_AGE = env_int("SESSION_HOURS", 12) * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
# Nothing but this site's own files, from the first page on: no inline script, no inline style, no other host.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        # A form that leaves for a council's own sign-in is led on to there.
        "form-action": ["'self'", *(f"https://{urlsplit(each.issuer).netloc}" for each in SINGLE_SIGN_ON)],
        "frame-ancestors": ["'none'"],
    }
}

# Everything worth telling goes to the program's own output, where whoever runs it keeps it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s: %(message)s"}},
    "handlers": {"output": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["output"], "level": "WARNING"},
    "loggers": {
        "tracker": {"level": "INFO"},
        "django": {"handlers": [], "level": "WARNING"},
    },
}

# So many months after their last role ended and their last sign-in, a leaver's name is replaced everywhere but in the
# trail's own bodies and in the packs of earlier moments; 0 keeps names for ever.
LEAVER_MONTHS = env_int("LEAVER_MONTHS", 24)

# How much a report may cost to read (see tracker.extraction).
REPORT_MAX_BYTES = env_int("REPORT_MAX_BYTES", 50 * 1024 * 1024)
REPORT_READ_SECONDS = env_int("REPORT_READ_SECONDS", 30)
REPORT_READ_MEGABYTES = env_int("REPORT_READ_MEGABYTES", 1024)
# How large a file of evidence may be.
EVIDENCE_MAX_BYTES = env_int("EVIDENCE_MAX_BYTES", 25 * 1024 * 1024)
# Who is asked whether a file is harmful before it is kept: tcp://host:3310 or unix:///path (a clamd), or nobody.
CLAMD_ADDRESS = env("CLAMD_ADDRESS", "").strip()
CLAMD_SECONDS = env_int("CLAMD_SECONDS", 30)
