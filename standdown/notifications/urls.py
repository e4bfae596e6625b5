"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.outbox, name="outbox"),
    path("<uuid:key>/", views.one, name="one"),
    path("<uuid:key>/try-again/", views.try_again, name="try-again"),
    path("<uuid:key>/mark-as-sent/", views.mark_as_sent, name="mark-as-sent"),
]
