"""The site's addresses: each app's own, and the admin."""

from django.contrib import admin
from django.urls import include, path

from cms.health import health

urlpatterns = [
    path("health/", health, name="health"),
    path("accounts/", include("cms.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("reviews.web.urls")),
    path("", include("articles.reading.urls")),
]

handler403 = "cms.accounts.views.forbidden"
