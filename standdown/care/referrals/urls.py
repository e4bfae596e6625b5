"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.referrals import views

app_name = "referrals"
urlpatterns = [
    path("", views.waiting, name="list"),
    path("<uuid:referral>/", views.say, name="say"),
    path("exposures/<uuid:exposure>/", views.refer, name="refer"),
    path("exposures/<uuid:exposure>/meeting/", views.book_meeting, name="book-meeting"),
    path("meetings/<uuid:meeting>/", views.meeting_over, name="meeting-over"),
]
