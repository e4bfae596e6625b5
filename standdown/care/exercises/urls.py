"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.exercises import views

app_name = "exercises"
urlpatterns = [
    path("", views.overview, name="list"),
    path("begin/", views.begin, name="begin"),
    path("<uuid:drill>/move/", views.move, name="move"),
    path("<uuid:drill>/end/", views.end, name="end"),
]
