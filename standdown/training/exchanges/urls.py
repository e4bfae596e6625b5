"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.exchanges import views

app_name = "exchanges"
urlpatterns = [
    path("<uuid:nomination>/substitute/", views.substitute, name="substitute"),
    path("<uuid:nomination>/transfer/", views.transfer, name="transfer"),
    path("<uuid:nomination>/swap/", views.swap, name="swap"),
    path("<uuid:nomination>/over-capacity/", views.over_capacity, name="over-capacity"),
    path("order/<uuid:session>/", views.reorder, name="reorder"),
]
