"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.trainers import views

app_name = "trainers"
urlpatterns = [
    path("", views.listed, name="list"),
    path("<uuid:person>/<slug:place>/", views.record, name="record"),
]
