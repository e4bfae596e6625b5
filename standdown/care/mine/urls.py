"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.mine import views

app_name = "own_care"
urlpatterns = [
    path("", views.page, name="page"),
]
