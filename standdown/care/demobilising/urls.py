"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.demobilising import views

app_name = "demobilising"
urlpatterns = [
    path("", views.duty_end, name="duty-end"),
    path("<uuid:exposure>/", views.card, name="card"),
    path("<uuid:exposure>/urgent/", views.urgent, name="urgent"),
]
