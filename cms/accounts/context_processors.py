"""What every template may know of the site."""

from django.conf import settings


def site(request) -> dict[str, str]:
    return {"SITE_NAME": settings.SITE_NAME, "SITE_URL": settings.SITE_URL}
