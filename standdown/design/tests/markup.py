"""Reading HTML so that two writings of the same page compare equal."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import html5lib
from django.template import engines

_SPACE = re.compile(r"\s+")


def from_source(source: str, **context: Any) -> str:
    """Render a few words of template in the environment that our pages have."""
    environment: Any = engines["jinja2"]
    return str(environment.env.from_string(source).render(context))


def tree(html: str) -> list[str]:
    """List the elements, attributes and words of a fragment, with space that no browser shows left out."""
    return list(_lines(html5lib.parseFragment(html, treebuilder="etree", namespaceHTMLElements=False), 0))


def _lines(node: Any, depth: int) -> Iterator[str]:
    yield from _text(node.text, depth)
    for child in node:
        if not isinstance(child.tag, str):
            yield from _text(child.tail, depth)
            continue
        attributes = " ".join(f'{name}="{_tidy(name, value)}"' for name, value in sorted(child.attrib.items()))
        yield f"{'  ' * depth}<{child.tag}{' ' + attributes if attributes else ''}>"
        yield from _lines(child, depth + 1)
        yield from _text(child.tail, depth)


def _text(text: str | None, depth: int) -> Iterator[str]:
    words = _SPACE.sub(" ", text or "").strip()
    if words:
        yield f"{'  ' * depth}{words}"


def _tidy(name: str, value: str) -> str:
    return " ".join(sorted(value.split())) if name == "class" else value
