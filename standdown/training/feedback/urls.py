"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.feedback import views, views_words

app_name = "feedback"
urlpatterns = [
    path("words/", views_words.words, name="words"),
    path("words/<uuid:quote>/decide/", views_words.decide, name="decide"),
    path("summary/", views_words.totals, name="summary"),
    path("link/<str:token>/", views.give_by_link, name="by-link"),
    path("my-words/link/<str:token>/", views.take_back_by_link, name="take-back-by-link"),
    path("my-words/<uuid:quote>/", views.take_back, name="take-back"),
    path("follow-up/link/<str:token>/", views.follow_up_by_link, name="follow-up-by-link"),
    path("follow-up/<uuid:follow_up>/", views.follow_up, name="follow-up"),
    path("<uuid:nomination>/", views.give, name="give"),
]
