"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.interest import views

app_name = "interest"
urlpatterns = [
    path("", views.tell, name="tell"),
    path("told/", views.listed, name="list"),
    path("told/<uuid:interest>/", views.decide, name="one"),
    path("<uuid:interest>/take-back/", views.take_back, name="take-back"),
]
