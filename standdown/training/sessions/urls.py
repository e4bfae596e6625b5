"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.sessions import views, views_change, views_plan

app_name = "sessions"
urlpatterns = [
    path("", views.listed, name="list"),
    path("plan/", views_plan.plan, name="plan"),
    path("plan-several/", views_plan.plan_many, name="plan-several"),
    path("import/", views_plan.bring_in, name="import"),
    path("import/dates.csv", views_plan.template_file, name="import-template"),
    path("<uuid:session>/", views.one, name="one"),
    path("<uuid:session>/edit/", views_plan.edit, name="edit"),
    path("<uuid:session>/clone/", views_plan.clone, name="clone"),
    path("<uuid:session>/publish/", views_change.publish, name="publish"),
    path("<uuid:session>/move/", views_change.move, name="move"),
    path("<uuid:session>/cancel/", views_change.cancel, name="cancel"),
    path("<uuid:session>/allot/", views_change.allot, name="allot"),
    path("<uuid:session>/held/", views_change.held, name="held"),
    path("<uuid:session>/trainers/name/", views.name_trainer, name="name-trainer"),
    path("<uuid:session>/trainers/<uuid:person>/remove/", views.remove_trainer, name="remove-trainer"),
]
