"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.mine import views, views_own

app_name = "own_care"
urlpatterns = [
    path("", views.page, name="page"),
    path("my-support.csv", views.take_along, name="take-along"),
    path("contacts/<uuid:contact>/", views.how_are_you, name="how-are-you"),
    path("incidents/<uuid:exposure>/open-again/", views.open_again, name="open-again"),
    path("talk/", views.ask_to_talk, name="ask-to-talk"),
    path("talk/<uuid:asked>/over/", views.talked, name="talked"),
    path("referrals/<uuid:referral>/take-back/", views.take_back_referral, name="take-back-referral"),
    path("days/", views_own.mark_day, name="mark-day"),
    path("days/<uuid:day>/take-back/", views_own.unmark_day, name="unmark-day"),
    path("history/", views_own.add_entry, name="add-entry"),
    path("history/<uuid:entry>/remove/", views_own.remove_entry, name="remove-entry"),
    path("excluded/", views_own.exclude, name="exclude"),
    path("excluded/<uuid:exclusion>/take-back/", views_own.include_again, name="include-again"),
    path("wishes/", views_own.wishes, name="wishes"),
]
