"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.overview import views

app_name = "overview"
urlpatterns = [
    path("", views.national, name="national"),
    path("forecast/", views.forecast, name="forecast"),
    path("forecast/<slug:kind>/", views.forecast_file, name="forecast-file"),
    path("dates/<slug:kind>/", views.dates_file, name="dates-file"),
]
