"""Addresses of the review's public record, and of its steps."""

app_name = "reviews"
urlpatterns: list = []
