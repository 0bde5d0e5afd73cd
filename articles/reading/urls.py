"""The reader's addresses."""

from django.urls import path

from articles.reading import views

app_name = "articles"
urlpatterns = [
    path("", views.home, name="home"),
    path("topics/<slug:slug>/", views.topic, name="topic"),
    path("articles/<slug:slug>/", views.detail, name="detail"),
    path("articles/<slug:slug>/professional/", views.professional, name="professional"),
    path("articles/<slug:slug>/plain/", views.plain, name="plain"),
    path("audience/<slug:audience>/", views.choose, name="choose"),
    path("robots.txt", views.robots, name="robots"),
]
