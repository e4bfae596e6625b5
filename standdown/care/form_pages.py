"""A page of care that asks for one thing: as design's, with the way out at once that every page of care has."""

from __future__ import annotations

from functools import partial

from standdown.design import form_pages

form_page = partial(form_pages.form_page, template="care/form.html")
