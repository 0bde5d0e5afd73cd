"""The WSGI entry point."""

import os
import ssl

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings")

_site = get_wsgi_application()


def application(environ, start_response):
    """Answer a request, as https only where the connection is or a declared proxy says so.

    gunicorn believes X-Forwarded-Proto of anybody on this machine, whatever BEHIND_PROXY says. The connection decides
    here; the settings read the header when BEHIND_PROXY is set.
    """
    if (connection := environ.get("gunicorn.socket")) is not None:
        environ["wsgi.url_scheme"] = "https" if isinstance(connection, ssl.SSLSocket) else "http"
    return _site(environ, start_response)
