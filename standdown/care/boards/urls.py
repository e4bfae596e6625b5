"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.boards import views

app_name = "boards"
urlpatterns = [
    path("", views.board, name="board"),
    path("incidents/<uuid:incident>/", views.incident, name="incident"),
    path("incidents/<uuid:incident>/hand-on/", views.hand_on, name="hand-on"),
]
