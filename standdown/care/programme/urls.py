"""Addresses of this slice."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "care_programme"
urlpatterns: list[URLPattern] = []
