"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.follow_up import views

app_name = "follow_up"
urlpatterns = [
    path("", views.contacts, name="list"),
    path("contacts/<uuid:contact>/", views.record_try, name="try"),
    path("contacts/<uuid:contact>/give/", views.give, name="give"),
    path("asked/<uuid:asked>/take-on/", views.take_on, name="take-on"),
    path("exposures/<uuid:exposure>/close/", views.close, name="close"),
]
