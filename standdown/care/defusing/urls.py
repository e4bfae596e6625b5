"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.defusing import views, views_urgent

app_name = "defusing"
urlpatterns = [
    path("mine/", views.mine, name="mine"),
    path("asks/<uuid:ask>/", views.answer_ask, name="answer-ask"),
    path("<uuid:defusing>/", views.one, name="one"),
    path("<uuid:defusing>/book/", views.book, name="book"),
    path("<uuid:defusing>/call-off/", views.call_off, name="call-off"),
    path("<uuid:defusing>/drop-out/", views.drop_out, name="drop-out"),
    path("<uuid:defusing>/hold/", views.hold, name="hold"),
    path("<uuid:defusing>/check-out/", views.check_out, name="check-out"),
    path("attendees/<uuid:attendee>/checked-on/", views.checked_on, name="checked-on"),
    path("invitations/<uuid:attendee>/", views.answer, name="answer"),
    path("hand-over/<uuid:exposure>/", views_urgent.hand_over, name="hand-over"),
    path("urgent/<uuid:handover>/", views_urgent.urgent, name="urgent"),
    path("urgent/<uuid:handover>/take-over/", views_urgent.take_over, name="take-over"),
    path("calls/<uuid:step>/made/", views_urgent.called, name="called"),
]
