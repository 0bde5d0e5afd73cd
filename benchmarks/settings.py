"""The site's settings as measured: no debug, a cheap password hash (its price is not ours), one cache by name."""

import os

os.environ["DJANGO_DEBUG"] = "0"
os.environ.setdefault("SITE_URL", "http://127.0.0.1:8000")
# The same in each process of a run. They guard nothing: what is measured is thrown away.
os.environ.setdefault("SECRET_KEY", "measured-only-Vq7xT2mWz9Lr4KpYc8HsB5nGd3JfA6eU1oX0iRvQ")
os.environ.setdefault("SIGNATURE_KEYS", "measured-only-Nb6yC1kSf8Zt5DjLw3XgR9qMh2VpE7aO4uT0iWzKc")
os.environ["EMAIL_URL"] = "dummymail://"  # nobody is written to, and no mail stands between the results

from cms.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.urls"
ALLOWED_HOSTS = ["*"]
SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
if os.environ.get("BENCH_CACHE") == "none":
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    CACHE_IS_SHARED = False
# Nothing is collected for measuring; an existing folder keeps the server from warning about it, and no command objects.
STATIC_ROOT = BASE_DIR / "cms" / "static"  # noqa: F405
SILENCED_SYSTEM_CHECKS = ["staticfiles.E002"]
