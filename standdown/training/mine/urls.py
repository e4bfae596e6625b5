"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.mine import views

app_name = "mine"
urlpatterns = [
    path("", views.page, name="page"),
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/take-back/", views.take_feed_back, name="take-feed-back"),
    path("calendar/<str:token>.ics", views.feed, name="feed"),
    path("places/<uuid:nomination>/", views.place, name="place"),
    path("places/<uuid:nomination>/answer/", views.answer, name="answer"),
    path("places/<uuid:nomination>/needs/", views.needs, name="needs"),
    path("places/<uuid:nomination>/give-back/", views.give_back, name="give-back"),
    path("places/<uuid:nomination>/date.ics", views.date, name="date"),
    path("releases/<uuid:nomination>/", views.release, name="release"),
]
