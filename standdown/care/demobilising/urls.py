"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.demobilising import views, views_given, views_paper, views_team

app_name = "demobilising"
urlpatterns = [
    path("", views.duty_end, name="duty-end"),
    path("team/<uuid:incident>/", views_team.team, name="team"),
    path("team/<uuid:incident>/capture/", views_team.capture, name="capture-team"),
    path("team/<uuid:incident>/cards/", views_paper.cards, name="paper"),
    path("cards/", views_paper.blank, name="blank-card"),
    path("take-away/", views_paper.take_away, name="take-away"),
    path("numbers/<slug:slug>/", views_paper.numbers, name="numbers"),
    path("ready/", views.ready, name="ready"),
    path("<uuid:exposure>/", views.card, name="card"),
    path("<uuid:exposure>/capture/", views.capture, name="capture"),
    path("<uuid:exposure>/key-in/", views_paper.key_in, name="key-in"),
    path("<uuid:exposure>/give/", views_given.give, name="give"),
    path("<uuid:exposure>/another/", views_given.ask_another, name="ask-another"),
    path("<uuid:exposure>/urgent/", views.urgent, name="urgent"),
]
