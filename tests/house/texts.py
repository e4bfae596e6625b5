"""Finds words that a person would read and a translator would never see, in templates and in Python."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html.parser import HTMLParser

from jinja2 import Environment, nodes

from tests.house.exceptions import SAME_IN_EVERY_LANGUAGE
from tests.house.reading import Source, called

TRANSLATES = {
    "_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy",
    "npgettext", "npgettext_lazy",
}  # fmt: skip
READ_ALOUD = {"alt", "title", "aria-label", "placeholder", "aria-description", "aria-roledescription", "label"}
# The keys of the design system's options, and of our own pieces, whose values are read by people.
READ_KEYS = {"text", "titleText", "html", "label", "summaryText", "visuallyHiddenText", "heading", "hint", "legend"}
READ_KEYWORDS = {"label", "help_text", "hint", "heading", "legend", "empty_label", "verbose_name", "title", "sentence"}
LETTERS = re.compile(r"[^\W\d_]{2,}")
_HOLE = "\ue000"  # stands for a value, wherever it stands: in a text, an attribute, the name of a tag
_ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)


# -- templates ----------------------------------------------------------------------------------------------------


class _Reader(HTMLParser):
    """Gathers what a page says, with a hole wherever the template would put a value."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        meta = dict(attrs).get("name") == "description"
        self.said += [value for name, value in attrs if value and (name in READ_ALOUD or (name == "content" and meta))]

        self._style = tag == "style"

    def handle_endtag(self, _tag: str) -> None:
        self._style = False

    def handle_data(self, data: str) -> None:
        if not self._style:
            self.said.append(data)


def untranslated_in_template(text: str, *, plain: bool = False) -> list[str]:
    """The words that stand in a template outside `_()` and `{% trans %}`."""
    skeleton = _skeleton(text)
    if plain:
        said = [re.sub(r"^Subject:", "", skeleton, flags=re.MULTILINE)]
    else:
        reader = _Reader()
        reader.feed(skeleton)
        reader.close()
        said = reader.said
    words = [" ".join(part.split()) for one in said for part in one.split(_HOLE)]
    return [part for part in words if _to_translate(part)] + list(_in_expressions(text))


def _skeleton(text: str) -> str:
    """The template with a hole in place of every expression, comment, statement and translated block."""
    out: list[str] = []
    inside_translation = False
    expecting_name = False
    for _line, kind, value in _ENVIRONMENT.lex(text):
        if kind in {"block_begin", "variable_begin"}:
            expecting_name = kind == "block_begin"
            out.append(_HOLE)
        elif kind == "name" and expecting_name:
            inside_translation = {"trans": True, "endtrans": False}.get(value, inside_translation)
            expecting_name = False
        elif kind == "data" and not inside_translation:
            out.append(value)
    return "".join(out)


def _to_translate(words: str) -> bool:
    for known in SAME_IN_EVERY_LANGUAGE:
        words = words.replace(known, "")
    return bool(LETTERS.search(words))


def _in_expressions(text: str) -> Iterator[str]:
    """Words for people that are written as values inside a template's expressions."""
    tree = _ENVIRONMENT.parse(text)
    for pair in tree.find_all(nodes.Pair):
        if isinstance(pair.key, nodes.Const) and pair.key.value in READ_KEYS:
            yield from _words_of(pair.value)
    for output in tree.find_all(nodes.Output):
        for part in output.nodes:
            if isinstance(part, nodes.Const | nodes.CondExpr):
                yield from _words_of(part)


def _words_of(node: nodes.Expr) -> Iterator[str]:
    if isinstance(node, nodes.Const) and isinstance(node.value, str) and _sentence(node.value):
        yield node.value
    elif isinstance(node, nodes.CondExpr):
        yield from _words_of(node.expr1)
        if node.expr2 is not None:
            yield from _words_of(node.expr2)


def _sentence(value: str) -> bool:
    return (
        bool(LETTERS.search(value))
        and (" " in value or value[:1].isupper())
        and not value.startswith(("govuk-", "sd-"))
    )


def joined_in_template(text: str) -> list[int]:
    """The lines of a template on which a translated text is glued to another."""
    tree = _ENVIRONMENT.parse(text)
    sums = [(found.lineno, [found.left, found.right]) for found in tree.find_all(nodes.Add)]
    joined = [(found.lineno, found.nodes) for found in tree.find_all(nodes.Concat)]
    return [line for line, parts in sums + joined for part in parts if _translated(part)]


def _translated(node: nodes.Node) -> bool:
    return isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in TRANSLATES


# -- Python ---------------------------------------------------------------------------------------------------------


def untranslated_in_python(source: Source, refusals: frozenset[str]) -> list[str]:
    """The words for people in a Python file that gettext never sees, as `path:line: words`."""
    found = [*_in_calls(source.tree, refusals), *_in_choices(source.tree), *_in_subclasses(source.tree, refusals)]
    return [f"{source.path}:{node.lineno}: {ast.unparse(node)}" for node in found]


def _in_calls(tree: ast.Module, refusals: frozenset[str]) -> Iterator[ast.expr]:
    for call in ast.walk(tree):
        if not isinstance(call, ast.Call):
            continue
        name = called(call)
        yield from (word.value for word in call.keywords if word.arg in READ_KEYWORDS and _literal(word.value))
        first = call.args[0] if call.args else None
        if name in refusals | {"ValidationError", "Refusal"} and first is not None and _literal(first):
            yield first
        if name in {"success", "error", "info", "warning"} and _of_messages(call):
            yield from (argument for argument in call.args[1:2] if _literal(argument))


def _of_messages(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "messages"


def _in_choices(tree: ast.Module) -> Iterator[ast.expr]:
    """The labels of a TextChoices: every member is a value and a translated label."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or not any("Choices" in ast.unparse(base) for base in node.bases):
            continue
        for member in node.body:
            if isinstance(member, ast.Assign) and not _labelled(member.value):
                yield member.value


def _labelled(value: ast.expr) -> bool:
    return (
        isinstance(value, ast.Tuple) and isinstance(value.elts[-1], ast.Call) and called(value.elts[-1]) in TRANSLATES
    )


def _in_subclasses(tree: ast.Module, refusals: frozenset[str]) -> Iterator[ast.expr]:
    """What a Refusal hands up to its base, and any `sentence = "…"` of its class."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.ClassDef) or node.name not in refusals:
            continue
        for call in ast.walk(node):
            if isinstance(call, ast.Call) and called(call) == "__init__" and call.args and _literal(call.args[0]):
                yield call.args[0]
        for member in node.body:
            if (
                isinstance(member, ast.Assign)
                and ast.unparse(member.targets[0]) == "sentence"
                and _literal(member.value)
            ):
                yield member.value


def _literal(node: ast.expr) -> bool:
    """True for words written as they are: a text, or a text with values set into it."""
    if isinstance(node, ast.IfExp):
        return _literal(node.body) or _literal(node.orelse)
    if isinstance(node, ast.JoinedStr):
        parts = (part.value for part in node.values if isinstance(part, ast.Constant))
        return any(LETTERS.search(str(part)) for part in parts)
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and bool(LETTERS.search(node.value))


def refusals_of(sources: list[Source]) -> frozenset[str]:
    """The names of all kinds of Refusal, however far down."""
    bases = {
        node.name: {ast.unparse(base).rpartition(".")[2] for base in node.bases}
        for source in sources
        for node in ast.walk(source.tree)
        if isinstance(node, ast.ClassDef)
    }
    found = {"Refusal"}
    while grown := {name for name, above in bases.items() if above & found} - found:
        found |= grown
    return frozenset(found)


def joined_in_python(source: Source) -> list[str]:
    """Where a translated text is glued to another, or set into one, so that no translator sees the sentence."""
    found = []
    for node in ast.walk(source.tree):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
            parts = [node.left, node.right]
        elif isinstance(node, ast.JoinedStr):
            parts = [part.value for part in node.values if isinstance(part, ast.FormattedValue)]
        if any(isinstance(part, ast.Call) and called(part) in TRANSLATES for part in parts):
            found.append(f"{source.path}:{node.lineno}: {ast.unparse(node)}")  # type: ignore[attr-defined]
    return found


def not_one_literal(source: Source) -> list[str]:
    """Calls of gettext with something that the extraction cannot read: a name, an f-string, a sum."""
    return [
        f"{source.path}:{call.lineno}: {ast.unparse(call)}"
        for call in source.calls()
        if called(call) in TRANSLATES and not isinstance(call.func, ast.Attribute)
        for argument in call.args[:1]
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str))
    ]
