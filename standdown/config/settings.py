"""Settings: safe for production as they stand. Every variable that is read from outside stands in one block."""

from __future__ import annotations

import contextlib
import secrets
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import env

from standdown.foundation import db

PACKAGE = Path(__file__).resolve().parent.parent

# -- read from outside (each is explained in .env.example) ---------------------------------------------------------
env.read_env(env.str("STANDDOWN_ENV_FILE", ".env"), recurse=False)
HOME = env.path("STANDDOWN_HOME", Path("var")).resolve()
DEBUG = env.bool("STANDDOWN_DEBUG", default=False)
DEMONSTRATION = env.bool("STANDDOWN_DEMONSTRATION", default=False)
_secret = env.str("STANDDOWN_SECRET_KEY", default="")
_database = env.str("STANDDOWN_DATABASE_URL", default="")
PORT = env.int("PORT", default=8000)
ORIGIN = env.str("STANDDOWN_ORIGIN", default=f"http://localhost:{PORT}").rstrip("/")
_hosts: list[str] = env.list("STANDDOWN_HOSTS", default=[])
MAIL_FROM = env.str("STANDDOWN_MAIL_FROM", default="Standdown <standdown@localhost>")
_smtp = env.str("STANDDOWN_SMTP_URL", default="")
SECURITY_CONTACT = env.str("STANDDOWN_SECURITY_CONTACT", default="")
_anchors = env.str("STANDDOWN_ANCHORS", default="")
_backup_key = env.str("STANDDOWN_BACKUP_KEY_FILE", default="")
BEHIND_TLS = env.bool("STANDDOWN_BEHIND_TLS", default=ORIGIN.startswith("https://"))
env.seal()


def _secret_key() -> str:
    """The key given, or one made once and kept in the home folder; never one that ships with the program."""
    if _secret:
        return _secret
    file = HOME / "secret.key"
    if not HOME.exists():  # before `standdown migrate`: nothing is signed yet, so a passing key will do
        return secrets.token_urlsafe(64)
    with contextlib.suppress(FileExistsError), file.open("x") as out:
        file.chmod(0o600)
        out.write(secrets.token_urlsafe(64))
    return file.read_text()


SECRET_KEY = _secret_key()
BACKUP_KEY_FILE = Path(_backup_key).resolve() if _backup_key else None
try:
    DATABASES = {"default": db.settings_for(_database or f"sqlite:///{HOME / 'standdown.sqlite3'}")}
except ValueError as error:
    raise ImproperlyConfigured(f"STANDDOWN_DATABASE_URL: {error}") from error

ANCHORS = Path(_anchors or HOME / "anchors").resolve()

# -- what the program is made of -----------------------------------------------------------------------------------
INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "standdown.foundation",
    "standdown.design",
    "standdown.audit",
    "standdown.people",
    "standdown.notifications",
    "standdown.training",
    "standdown.care",
    "standdown.reporting",
    "standdown.public",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "standdown.config.middleware.browser_headers",
    "standdown.config.middleware.body_limit",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "standdown.people.sign_in.middleware.IdleMiddleware",
    "standdown.people.sign_in.middleware.ActorMiddleware",
    "standdown.config.middleware.refusals",
]
ROOT_URLCONF = "standdown.config.urls"
WSGI_APPLICATION = "standdown.config.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "APP_DIRS": True,
        "OPTIONS": {
            "environment": "standdown.design.jinja.environment",
            "context_processors": [
                "django.contrib.messages.context_processors.messages",
                "standdown.config.context.frame",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "people.Account"

# -- language and time -----------------------------------------------------------------------------------------------
LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"

# -- addresses, files, headers ---------------------------------------------------------------------------------------
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", *_hosts]
STATIC_URL = "/static/"
STATIC_ROOT = None
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.AppDirectoriesFinder"]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 6 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = (
    "same-origin"  # with "no-referrer" browsers send "Origin: null", and every form would be refused
)
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SECURE_SSL_REDIRECT = False  # the proxy in front does that
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_TLS else None
SECURE_HSTS_SECONDS = 63_072_000 if BEHIND_TLS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = BEHIND_TLS
SESSION_ENGINE = "standdown.people.sign_in.session_store"
SESSION_COOKIE_NAME = "__Host-session" if BEHIND_TLS else "session"
SESSION_COOKIE_SECURE = BEHIND_TLS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # seconds
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
CSRF_COOKIE_NAME = "__Host-csrf" if BEHIND_TLS else "csrf"
CSRF_COOKIE_SECURE = BEHIND_TLS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [ORIGIN]
CSRF_FAILURE_VIEW = "standdown.design.errors.csrf_failure"
APPEND_SLASH = True

# -- mail ------------------------------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = SERVER_EMAIL = MAIL_FROM
MAIL_DOMAIN = MAIL_FROM.rpartition("@")[2].rstrip("> ")
if _smtp:
    _parts = urlsplit(_smtp)
    EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    EMAIL_HOST, EMAIL_PORT = _parts.hostname or "localhost", _parts.port or 25
    EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_parts.username or ""), unquote(_parts.password or "")
    EMAIL_USE_TLS, EMAIL_USE_SSL = _parts.scheme == "smtp+starttls", _parts.scheme == "smtps"
    EMAIL_TIMEOUT = 20  # seconds
else:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = HOME / "mail"

# -- signing in ------------------------------------------------------------------------------------------------------
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "sign_in_next"
ACCOUNT_LOGOUT_REDIRECT_URL = LOGOUT_REDIRECT_URL = "/"
AUTHENTICATION_BACKENDS = ["standdown.people.sign_in.backend.Backend"]
PASSWORD_HASHERS = ["standdown.people.sign_in.hashing.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["email"]},
    },
]
ACCOUNT_ADAPTER = "standdown.people.sign_in.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = [
    "email*",
    "password1*",
]  # nobody signs up; the library takes from here that there are passwords
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the force's own directory
ACCOUNT_EMAIL_NOTIFICATIONS = False  # mail goes through our outbox only
ACCOUNT_REAUTHENTICATION_REQUIRED = True
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
# Counted for each address that is typed, known or not, and for each network: a whole force may sit behind one.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip", "login_failed": "60/15m/ip,5/15m/key", "reauthenticate": "10/m/user"}
ACCOUNT_FORMS = {
    "login": "standdown.people.sign_in.forms.SignIn",
    "reauthenticate": "standdown.people.sign_in.forms.PasswordAgain",
    "change_password": "standdown.people.sign_in.forms.ChangePassword",
    "set_password": "standdown.people.sign_in.forms.SetPassword",
}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if BEHIND_TLS else 0  # the proxy that ends TLS says who asked
MFA_ADAPTER = "standdown.people.sign_in.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["webauthn", "totp", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_TOTP_ISSUER = "Standdown"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds, for phones whose clock is a little off
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}
MFA_FORMS = {
    "authenticate": "standdown.people.sign_in.forms.Code",
    "reauthenticate": "standdown.people.sign_in.forms.CodeAgain",
    "activate_totp": "standdown.people.sign_in.forms.FirstCode",
    "add_webauthn": "standdown.people.sign_in.forms.NewPasskey",
    "edit_webauthn": "standdown.people.sign_in.forms.RenamePasskey",
    "authenticate_webauthn": "standdown.people.sign_in.forms.PasskeyAfterPassword",
    "reauthenticate_webauthn": "standdown.people.sign_in.forms.PasskeyAgain",
    "login_webauthn": "standdown.people.sign_in.forms.PasskeySignIn",
}
USERSESSIONS_TRACK_ACTIVITY = False
# Counts of failed sign-ins live in the process that serves. They must outnumber what one attacker can push out.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    }
}

# -- logs: kinds and codes, never a person -----------------------------------------------------------------------------
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "standdown.config.logs.Line", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "standdown": {"level": "INFO"},
        # The framework's own ways out would write addresses as they came in.
        "django": {"handlers": [], "level": "WARNING"},
        "django.server": {"handlers": ["console"], "level": "INFO", "propagate": False},
    },
}
