"""Reads what the environment must name: a site that lacks it, or holds a placeholder for it, does not start."""

import os
import re
import secrets as random
from pathlib import Path

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


def secrets(name: str, *, file: str, in_debug: Path, differs_from: str) -> list[str]:
    """Return the keys of a comma-separated list: the variable `name`, or the file that the variable `file` names.

    The first makes new signatures and must be strong. The others are kept for what they signed, so one that would be
    refused today may stand there, unless it is empty or given twice. In debug mode a key is made at `in_debug` once:
    one that stands in this repository would let everybody sign.
    """
    keys = [key.strip() for key in _secrets_text(name, file, in_debug).split(",")]
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


def _secrets_text(name: str, file: str, in_debug: Path) -> str:
    given, path = env.str(name, default="").strip(), env.str(file, default="").strip()
    if given and path:
        raise ImproperlyConfigured(f"Set either {name} or {file}, not both.")
    if path:
        try:
            given = Path(path).read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise ImproperlyConfigured(f"{file} cannot be read: {error}") from error
    if not given and DEBUG:
        return _kept_secret(in_debug)
    return given or required(name, in_debug="")


def _kept_secret(path: Path) -> str:
    """Return the key in this file, which is made, readable for its owner alone, when there is none."""
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        made = path.with_name(f"{path.name}.{os.getpid()}")
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(random.token_urlsafe(48))
        try:
            os.link(made, path)  # whoever comes first, of several processes that start at the same moment
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_text(encoding="ascii").strip()


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
