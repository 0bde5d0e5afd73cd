"""Reads what the environment must name: a site that lacks it, or holds a placeholder for it, does not start."""

import re

import environ
from django.core.exceptions import ImproperlyConfigured

env = environ.Env()
DEBUG = env.bool("DJANGO_DEBUG", default=False)

SHORTEST_KEY, FEWEST_CHARACTERS = 32, 8
# What stands in instructions and examples, and in this repository: everybody knows it.
_PLACEHOLDER = re.compile(
    r"change[-_ ]?(me|this)|replace[-_ ]?(me|this)|placeholder|example|insecure|your[-_ ]|only[-_ ]for|on-one-machine",
    re.IGNORECASE,
)
_HOW = 'Make one with: python -c "import secrets; print(secrets.token_urlsafe(48))"'


def required(name: str, *, in_debug: str) -> str:
    """Return a variable that a site outside of debug mode cannot do without."""
    value = env.str(name, default="").strip() or (in_debug if DEBUG else "")
    if not value:
        raise ImproperlyConfigured(f"Set {name} in the environment, or DJANGO_DEBUG=1 to try the site on your machine.")
    return value


def secret(name: str, *, in_debug: str) -> str:
    """Return a key that nobody can guess."""
    key = required(name, in_debug=in_debug)
    _refuse_weak(name, key)
    return key


def secrets(name: str, *, in_debug: str, differs_from: str) -> list[str]:
    """Return the keys of a comma-separated list.

    The first makes new signatures and must be strong. The others are kept for what they signed, so one that would be
    refused today may stand there, unless it is empty or given twice.
    """
    keys = [key.strip() for key in required(name, in_debug=in_debug).split(",")]
    if not all(keys):
        raise ImproperlyConfigured(
            f"{name} holds an empty key: anybody could sign with it. Remove the comma or fill it."
        )
    if len(set(keys)) < len(keys):
        raise ImproperlyConfigured(f"{name} names a key twice. Name each once, the one that signs first.")
    _refuse_weak(name, keys[0])
    if differs_from in keys:
        raise ImproperlyConfigured(f"{name} holds the SECRET_KEY. Change SECRET_KEY: people then sign in again.")
    return keys


def _refuse_weak(name: str, key: str) -> None:
    if DEBUG:
        return
    if _PLACEHOLDER.search(key):
        raise ImproperlyConfigured(f"{name} is a placeholder that others know. {_HOW}")
    if len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS:
        wanted = f"{SHORTEST_KEY} characters, {FEWEST_CHARACTERS} of them different"
        raise ImproperlyConfigured(f"{name} can be guessed: it needs at least {wanted}. {_HOW}")


def mail(name: str, *, in_debug: dict[str, str]) -> dict[str, object]:
    """Return Django's settings for mail. Outside of debug mode it leaves by SMTP, or knowingly not at all."""
    if DEBUG and not env.str(name, default=""):
        return dict(in_debug)
    if not env.str(name, default=""):
        raise ImproperlyConfigured(
            f"Set {name} in the environment, for example smtp+tls://user:password@mail.example.org:587. "
            f"{name}=dummymail:// runs a site that sends no mail: what it would say is kept and marked as stopped."
        )
    if not DEBUG and not env.str(name).startswith(("smtp://", "smtps://", "smtp+tls://", "smtp+ssl://", "dummymail:")):
        raise ImproperlyConfigured(f"{name} names no mail server: use smtp://, smtp+tls:// or smtp+ssl://.")
    return dict(env.email(name))


def sends_mail(config: dict[str, object]) -> bool:
    """Say whether mail by these settings reaches anybody."""
    return config["EMAIL_BACKEND"] != "django.core.mail.backends.dummy.EmailBackend"
