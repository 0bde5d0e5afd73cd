"""The site's addresses: each app's own, and the admin."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("accounts/", include("cms.accounts.urls")),
    path("admin/", admin.site.urls),
    path("", include("reviews.web.urls")),
    path("", include("articles.reading.urls")),
]

handler403 = "cms.accounts.views.forbidden"
