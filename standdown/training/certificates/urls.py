"""Addresses of this slice."""

from __future__ import annotations

from django.urls import path

from standdown.training.certificates import views

app_name = "certificates"
urlpatterns = [
    path("", views.listed, name="list"),
    path("link/<str:token>/", views.by_link, name="by-link"),
    path("link/<str:token>/certificate.pdf", views.file_by_link, name="pdf-by-link"),
    path("<uuid:certificate>/", views.one, name="one"),
    path("<uuid:certificate>/certificate.pdf", views.file, name="pdf"),
    path("<uuid:certificate>/name/", views.share, name="share"),
    path("<uuid:certificate>/revoke/", views.revoke, name="revoke"),
    path("<uuid:certificate>/reissue/", views.reissue, name="reissue"),
]
