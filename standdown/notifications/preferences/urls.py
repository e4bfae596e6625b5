"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.notifications.preferences import views

app_name = "preferences"
urlpatterns = [path("", views.page, name="page")]
