"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.audit import views

app_name = "audit"
urlpatterns = [
    path("", views.entries, name="entries"),
    path("check/", views.check, name="check"),
]
