"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.people.qualifications import views, views_needed, views_own

app_name = "qualifications"
urlpatterns = [
    path("", views.register, name="list"),
    path("file/", views.register_file, name="register-file"),
    path("able/", views.able, name="able"),
    path("cover/", views.cover, name="cover"),
    path("cover/file/<slug:kind>/", views.cover_file, name="cover-file"),
    path("cover/<uuid:base>/wanted/", views.wanted_in_base, name="wanted"),
    path("cover/<slug:slug>/wanted/", views.wanted_without_base, name="wanted-without-base"),
    path("needed/", views_needed.needed, name="needed"),
    path("needed/<slug:kind>/", views_needed.needed_file, name="needed-file"),
    path("people/<uuid:person_id>/current/", views.currency, name="currency"),
    path("import/", views.bring_in, name="import"),
    path("import/past-training.csv", views.template, name="template"),
    path("mine/stand-down/", views_own.stand_down, name="stand-down"),
    path("mine/come-back/", views_own.come_back, name="come-back"),
    path("mine/moves/", views_own.moves, name="moves"),
]
