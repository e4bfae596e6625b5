"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.matching import views, views_plan

app_name = "matching"
urlpatterns = [
    path("sessions/<uuid:defusing>/", views.find, name="find"),
    path("sessions/<uuid:defusing>/by-hand/", views.by_hand, name="by-hand"),
    path("sessions/<uuid:defusing>/no-longer/", views.take_back, name="take-back"),
    path("incidents/<uuid:incident>/", views_plan.plan, name="plan"),
    path("incidents/<uuid:incident>/confirm/", views_plan.confirm, name="confirm-plan"),
]
