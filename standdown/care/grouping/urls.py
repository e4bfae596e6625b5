"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.grouping import views

app_name = "grouping"
urlpatterns = [
    path("<uuid:incident>/", views.plan, name="plan"),
    path("<uuid:incident>/take-back/", views.take_back, name="take-back"),
    path("<uuid:incident>/may-they-share/", views.check, name="check"),
    path("move/<uuid:attendee>/", views.move, name="move"),
    path("times/<uuid:defusing>/", views.times, name="times"),
]
