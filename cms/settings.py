"""Every setting of the project, read from the environment.

`DJANGO_DEBUG=1` gives a running site with no other variable set. Without it each missing secret stops the start
with a sentence that names it. With no services named the site runs embedded: SQLite, local memory, eager jobs.
"""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from cms import environment
from cms.environment import DEBUG, env

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = environment.secret("SECRET_KEY", in_debug="for-trying-countersign-on-one-machine-only-never-in-production")
# The first key seals and signs, the others still verify what they made: rotate by putting a new one in front.
SIGNATURE_KEYS = environment.secrets(
    "SIGNATURE_KEYS", file="SIGNATURE_KEYS_FILE", in_debug=BASE_DIR / "db.sqlite3.key", differs_from=SECRET_KEY
)
# What signed decisions before events were sealed; such a decision counts only where a sealed event lists it.
FORMER_SIGNATURE_KEYS = [*SIGNATURE_KEYS, *(["signs-decisions-on-one-machine-only"] if DEBUG else [])]
SITE_URL = environment.required("SITE_URL", in_debug="http://localhost:8000").rstrip("/")
SITE_NAME = env.str("SITE_NAME", default="Countersign")
_HERE = {"localhost", "127.0.0.1"} if DEBUG else set()
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=sorted({urlsplit(SITE_URL).hostname or "", *_HERE}))
CSRF_TRUSTED_ORIGINS = [SITE_URL]

INSTALLED_APPS = [
    "cms.accounts.apps.EditorialAdminConfig",
    "cms.accounts",  # before Django's: its `createsuperuser` stands for the one there
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "csp",
    "simple_history",
    "articles",
    "reviews",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cms.middleware.CompressionMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "cms.accounts.middleware.PrivateByDefaultMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "cms.middleware.NulMiddleware",
]

ROOT_URLCONF = "cms.urls"
WSGI_APPLICATION = "cms.wsgi.application"

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
                "cms.accounts.context_processors.site",
            ],
        },
    },
]

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{BASE_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A writer takes its lock at the start of a transaction and others wait, so that two people who act at the same
    # moment meet one after the other instead of failing with "database is locked".
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        # Whoever writes to Redis must not run code here: the values are no pickles.
        "OPTIONS": {
            "serializer": "cms.cache_values.PlainSerializer",
            "socket_connect_timeout": 0.5,
            "socket_timeout": 0.5,
        },
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "OPTIONS": {"MAX_ENTRIES": 1000}}
}

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = CELERY_RESULT_SERIALIZER = "json"
CELERY_TASK_ALWAYS_EAGER = not REDIS_URL
CELERY_TASK_EAGER_PROPAGATES = True
CELERY_TASK_IGNORE_RESULT = True
# A broker that is down must neither fail nor slow a step: without `max_retries` kombu itself tries for seconds,
# whatever Celery was told. A killed worker's task runs again.
CELERY_TASK_PUBLISH_RETRY = False
CELERY_BROKER_TRANSPORT_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 3, "max_retries": 0}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# What is done without a person, and every how many seconds: for Celery beat and for `manage.py clock` alike. Each task
# goes by facts in the database, so it may run more often, or days late, and loses and doubles nothing.
CLOCK = {
    "articles.tasks.answer_look_ups": 5 * 60,
    "reviews.tasks.deliver": 60,
    "articles.tasks.carry_on_imports": 60,
    "reviews.tasks.carry_on": 5 * 60,
    "reviews.tasks.tell_of_sources": 60,
    "reviews.tasks.open_due_reviews": 60 * 60,
    "reviews.tasks.watch_sources": 60 * 60,
    "reviews.tasks.remind": 60 * 60,
    "reviews.tasks.verify_nightly": 60 * 60,
    "articles.tasks.count_term_uses": 24 * 60 * 60,
}
# When beat last ran each task. Should the file be lost, each waits one whole turn more.
CELERY_BEAT_SCHEDULER = "cms.celery:BeatSchedule"
CELERY_BEAT_SCHEDULE_FILENAME = env.str("BEAT_FILE", default=str(BASE_DIR / "var" / "beat"))
# A beat that nobody listens to must not leave a heap: a message that waited for a whole turn is dropped.
CELERY_BEAT_SCHEDULE = {
    task: {"task": task, "schedule": seconds, "options": {"expires": seconds}} for task, seconds in CLOCK.items()
}

# Sources are looked up at public services, which ask for an address to write to: naming it switches look-ups on.
# Nothing but https addresses is asked, and none that leads to a private network (articles/library/services/http.py).
LOOKUP_CONTACT = env.str("LOOKUP_CONTACT", default="")
LOOKUPS_ENABLED = env.bool("LOOKUPS_ENABLED", default=bool(LOOKUP_CONTACT))
if LOOKUPS_ENABLED and "@" not in LOOKUP_CONTACT:
    raise ImproperlyConfigured("Set LOOKUP_CONTACT to the address that services may write to, or LOOKUPS_ENABLED=0.")
LOOKUP_BASES = {
    "crossref": env.str("CROSSREF_BASE", default="https://api.crossref.org"),
    "pubmed": env.str("PUBMED_BASE", default="https://eutils.ncbi.nlm.nih.gov/entrez/eutils"),
    "pmc": env.str("PMC_BASE", default="https://pmc.ncbi.nlm.nih.gov/tools/idconv/api/v1"),
    "dailymed": env.str("DAILYMED_BASE", default="https://dailymed.nlm.nih.gov/dailymed/services/v2"),
    "openfda": env.str("OPENFDA_BASE", default="https://api.fda.gov"),
}
# Keys raise what NCBI and openFDA allow; neither is needed.
NCBI_API_KEY = env.str("NCBI_API_KEY", default="")
OPENFDA_API_KEY = env.str("OPENFDA_API_KEY", default="")

AUTH_USER_MODEL = "accounts.User"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
# By dotted path, for neither knows the other: what a name may hold, who puts changes of accounts on the record, who
# says whether an account is as the record says, and who mails the link by which a person sets their own password.
LINE_RULE = "articles.models.shown_text.validate_line"
ACCOUNT_RECORD = "reviews.people.members.of_account"
CREDENTIALS_CHECK = "reviews.record.credentials.hold"
PASSWORD_LINK = "cms.accounts.password_links.send"  # noqa: S105  (a dotted path, not a secret)
# Answers what `articles` asks of the editorial policy and of reviews, which it does not know (PolicyPort says what).
EDITORIAL_POLICY = "reviews.policies.policy_in_force.PolicyInForce"
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "admin:index"
LOGOUT_REDIRECT_URL = "articles:home"

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH = ["cms.formats"]

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "cms" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# An article form carries many fields per section and citation; a thousand is too few for a long article.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Where the site is tried, each mail is a file in this folder and a line on the terminal.
MAIL_FOLDER = BASE_DIR / "mail"
_MAIL = environment.mail("EMAIL_URL", in_debug={"EMAIL_BACKEND": "cms.mail_folder.EmailBackend"})
vars().update(_MAIL)
SENDS_MAIL = environment.sends_mail(_MAIL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="countersign@localhost")
# What is not urgent is gathered until this hour of the day (TIME_ZONE) and sent as one mail a person.
DIGEST_HOUR = env.int("DIGEST_HOUR", default=6)
SERVER_EMAIL = DEFAULT_FROM_EMAIL
ADMINS = [("Administrator", address) for address in env.list("ADMIN_EMAILS", default=[])]

# Going back to an old draft row would walk around the workflow.
SIMPLE_HISTORY_REVERT_DISABLED = True
SIMPLE_HISTORY_HISTORY_CHANGE_REASON_USE_TEXT_FIELD = True

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "cms.accounts.views.csrf_failure"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whether X-Forwarded-Proto is believed: without a proxy anybody can send it (see cms/wsgi.py).
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)
if not DEBUG:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=365 * 24 * 60 * 60)
    # Both speak for every other host of the domain and are hard to take back, so whoever runs the domain says so; the
    # deployment check does not ask for them.
    SECURE_HSTS_INCLUDE_SUBDOMAINS = env.bool("SECURE_HSTS_INCLUDE_SUBDOMAINS", default=False)
    SECURE_HSTS_PRELOAD = env.bool("SECURE_HSTS_PRELOAD", default=False)
    SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
    # A load balancer asks over http and knows no other name of the site.
    SECURE_REDIRECT_EXEMPT = [r"^health/$"]
    if BEHIND_PROXY:
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    # Django's own logging keeps errors from the terminal outside of debug mode.
    LOGGING = {
        "version": 1,
        "disable_existing_loggers": False,
        "handlers": {"console": {"class": "logging.StreamHandler", "level": "WARNING"}},
        "root": {"handlers": ["console"]},
        # What is asked for in vain all day long is in the proxy's log.
        "loggers": {"django.request": {"level": "ERROR"}},
    }
