"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.attendance import views, views_import, views_people

app_name = "attendance"
urlpatterns = [
    path("", views.next_date, name="next"),
    path("report/", views_people.month, name="report"),
    path("<uuid:session>/", views.roster, name="roster"),
    path("<uuid:session>/file/", views_people.roster_file, name="roster-file"),
    path("<uuid:session>/mark/", views.mark, name="mark"),
    path("<uuid:session>/mark/everybody/<slug:half>/", views.everybody, name="everybody"),
    path("<uuid:session>/close/", views.close, name="close"),
    path("<uuid:session>/joining-link/", views.joining_link, name="joining-link"),
    path("<uuid:session>/import/", views_import.choose, name="import"),
    path("<uuid:session>/import/review/", views_import.review, name="review"),
    path("<uuid:session>/walk-in/", views_people.walk_in, name="walk-in"),
    path("<uuid:session>/support/", views_people.support, name="support"),
    path("<uuid:session>/support/call/", views_people.call, name="call"),
]
