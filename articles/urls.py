"""The reader's addresses."""

from django.urls import path  # noqa: F401

app_name = "articles"
urlpatterns: list = []
