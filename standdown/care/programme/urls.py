"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.care.programme import views, views_draft

app_name = "care_programme"
urlpatterns = [
    path("", views.versions, name="versions"),
    path("<uuid:programme>/", views.one, name="one"),
    path("<uuid:programme>/copy/", views.copy, name="copy"),
    path("<uuid:programme>/schedule/", views.schedule, name="schedule"),
    path("<uuid:programme>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:programme>/discard/", views.discard, name="discard"),
    path("<uuid:programme>/figures/", views_draft.figures, name="figures"),
    path("<uuid:programme>/phases/", views_draft.phases, name="phases"),
    path("<uuid:programme>/next-steps/", views_draft.next_steps, name="next-steps"),
    path("<uuid:programme>/chains/<slug:kind>/", views_draft.chain, name="chain"),
    path("<uuid:programme>/categories/add/", views_draft.add_category, name="add-category"),
    path("<uuid:programme>/roles/add/", views_draft.add_role, name="add-role"),
    path("<uuid:programme>/entries/<uuid:entry>/", views_draft.change_entry, name="change-entry"),
    path("<uuid:programme>/entries/<uuid:entry>/up/", views_draft.move_entry_up, name="move-entry-up"),
    path("<uuid:programme>/entries/<uuid:entry>/remove/", views_draft.remove_entry, name="remove-entry"),
]
