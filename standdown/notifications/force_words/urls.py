"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.notifications.force_words import views

app_name = "force_words"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<slug:force>/<slug:kind>/<slug:language>/", views.write, name="write"),
]
