"""Addresses of the review's public record, of the published texts at the desk, and of the steps."""

from django.urls import include, path

from reviews.web import lowering_views, published_text_views, views

app_name = "reviews"
urlpatterns = [
    path(".well-known/countersign-keys.json", views.keys, name="keys"),
    path("editorial-policy/", views.policy, name="policy"),
    path("editorial-policy/<int:version>/", views.policy_version, name="policy_version"),
    path("articles/<slug:slug>/history/", views.history, name="history"),
    path("articles/<slug:slug>/revisions/<int:number>.json", views.revision, name="revision"),
    path("desk/published/", published_text_views.published_texts, name="published_texts"),
    path("desk/published/<int:pk>/", published_text_views.published_text, name="published_text"),
    path("desk/lowerings/", lowering_views.lowerings, name="lowerings"),
    path("", include("reviews.web.step_urls")),
]
