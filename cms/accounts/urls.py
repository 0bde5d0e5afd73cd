"""Signing in and out, and setting or changing one's own password."""

from django.urls import path

from cms.accounts import views

app_name = "accounts"

urlpatterns = [
    path("login/", views.login, name="login"),
    path("logout/", views.logout, name="logout"),
    path("password/", views.password_change, name="password_change"),
    path("password/forgotten/", views.password_forgotten, name="password_forgotten"),
    path("password/set/<uidb64>/<token>/", views.password_set, name="password_set"),
]
