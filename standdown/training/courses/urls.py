"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.courses import views

app_name = "courses"
urlpatterns = [
    path("", views.listed, name="list"),
    path("add/", views.add, name="add"),
    path("<slug:slug>/", views.one, name="one"),
    path("<slug:slug>/versions/<int:number>/", views.version, name="version"),
    path("<slug:slug>/begin-draft/", views.begin, name="begin"),
    path("<slug:slug>/draft/", views.draft, name="draft"),
    path("<slug:slug>/draft/figures/", views.figures, name="figures"),
    path("<slug:slug>/draft/publish/", views.publish, name="publish"),
    path("<slug:slug>/draft/add/<slug:kind>/", views.add_block, name="add-block"),
    path("<slug:slug>/draft/blocks/<uuid:block>/", views.edit_block, name="edit-block"),
    path("<slug:slug>/draft/blocks/<uuid:block>/remove/", views.remove_block, name="remove-block"),
    path("<slug:slug>/draft/blocks/<uuid:block>/up/", views.order_block, {"way": "up"}, name="block-up"),
    path("<slug:slug>/draft/blocks/<uuid:block>/down/", views.order_block, {"way": "down"}, name="block-down"),
]
