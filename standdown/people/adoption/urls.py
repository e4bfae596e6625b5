"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.people.adoption import views

app_name = "adoption"
urlpatterns = [
    path("", views.overview, name="overview"),
    path("demand/", views.demand, name="demand"),
    path("demand/noted/", views.demand_noted, name="demand-noted"),
    path("<slug:slug>/", views.record, name="record"),
    path("<slug:slug>/step/", views.add_step, name="step"),
    path("<slug:slug>/checklist/<slug:item>/", views.tick, name="tick"),
    path("<slug:slug>/evidence/add/", views.add_evidence, name="add-evidence"),
    path("<slug:slug>/evidence/<uuid:document>/", views.evidence, name="evidence"),
]
