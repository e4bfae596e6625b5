"""Lists that a page lets people take away: how they are asked for, and how they are answered."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from standdown.foundation.tables import File


def kind_sent(request: HttpRequest) -> str:
    """What kind of file a form asked for: CSV, unless it was XLSX."""
    return "xlsx" if request.POST.get("kind") == "xlsx" else "csv"


def download(file: File) -> HttpResponse:
    """The file, to be kept under its name and not shown."""
    response = HttpResponse(file.content, content_type=file.content_type)
    response["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response
