"""The site's settings as measured: no debug, a cheap password hash (its price is not ours), one cache by name."""

import os

os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
os.environ.setdefault("SECRET_KEY", "measures-the-site-and-never-runs-one-0123456789")
os.environ.setdefault("SIGNATURE_KEYS", "signs-what-is-measured-and-nothing-else-0123456789")
os.environ.setdefault("EMAIL_URL", "dummymail://")
os.environ.setdefault("SECURE_SSL_REDIRECT", "0")
os.environ.setdefault("DJANGO_DEBUG", "0")

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
if os.environ.get("BENCH_CACHE") == "none":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    CACHE_IS_SHARED = False
# Nothing is collected for measuring; an existing folder keeps the server from warning about it.
STATIC_ROOT = BASE_DIR / "cms" / "static"  # noqa: F405
