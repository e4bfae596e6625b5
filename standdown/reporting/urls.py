"""Addresses of this part."""

from __future__ import annotations

from django.urls import path

from standdown.reporting import views

app_name = "reporting"
urlpatterns = [
    path("", views.figures, name="figures"),
    path("csv/", views.figures_file, name="file"),
]
