"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.nominations import views_links

app_name = "nominations"
urlpatterns = [
    path("answer/<str:token>/", views_links.answer, name="answer"),
    path("place/<str:token>/", views_links.place, name="place"),
    path("release/<str:token>/", views_links.release, name="release"),
]
