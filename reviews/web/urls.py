"""Addresses of the review's public record, and of its steps."""

from django.urls import include, path

from reviews.web import views

app_name = "reviews"
urlpatterns = [
    path("editorial-policy/", views.policy, name="policy"),
    path("editorial-policy/<int:version>/", views.policy_version, name="policy_version"),
    path("articles/<slug:slug>/history/", views.history, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>.json", views.revision, name="revision"),
    path("", include("reviews.web.step_urls")),
]
