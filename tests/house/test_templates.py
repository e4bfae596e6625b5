"""Every template is there, is used, and asks nothing of the browser that the security policy forbids."""

from __future__ import annotations

import ast
import re
from importlib.resources import files
from pathlib import Path

import pytest
from jinja2 import Environment, meta

from tests.house.reading import PRODUCT, ROOT, Source, called, python

FOLDERS = sorted(PRODUCT.glob("**/jinja2"))
FILES = {
    file.relative_to(folder).as_posix(): file for folder in FOLDERS for file in folder.rglob("*") if file.is_file()
}
TEMPLATE_NAME = re.compile(r"[\w./-]+\.(html|txt|xml|ics|atom|json|webmanifest|csv)")
ENVIRONMENT = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
RENDERING = {"render", "render_to_string", "get_template", "_page", "TemplateResponse"}
# Asked for by Django and the sign-in library when something goes wrong.
ASKED_BY_DJANGO = {f"{name}.html" for name in ("400", "403", "403_csrf", "404", "405", "413", "429", "500", "503")}
STYLES = {"a style sheet in the page", "a style on an element"}
LIBRARY = "govuk_frontend_jinja/"
INLINE = {
    "a script in the page": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*application/ld\+json)", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style\b", re.IGNORECASE),
    "a style on an element": re.compile(r"\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "an address that is a script": re.compile(r"javascript:", re.IGNORECASE),
}


def is_mail(name: str) -> bool:
    """True for a mail's template: mail programs know no style sheet, and no policy of ours reaches them."""
    return "/mail/" in name or name == "notifications/mail.html"


def forbidden_in(text: str) -> list[str]:
    """What a template holds that the security policy would stop."""
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


def named_in_python(source: Source) -> set[str]:
    """The templates that a file names: whole texts, and patterns for texts with values in them."""
    found: set[str] = set()
    for node in ast.walk(source.tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and TEMPLATE_NAME.fullmatch(node.value):
            found.add(re.escape(node.value))
        elif isinstance(node, ast.JoinedStr) and re.search(r"\.(html|txt|xml)'?$", ast.unparse(node)[:-1]):
            found.add(_pattern(node))
        elif isinstance(node, ast.Assign | ast.AnnAssign) and "template" in _names_of(node):
            found |= _message(node.value)
    return found


def _names_of(node: ast.Assign | ast.AnnAssign) -> set[str]:
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    return {ast.unparse(target) for target in targets}


def _pattern(node: ast.JoinedStr) -> str:
    return "".join(re.escape(str(part.value)) if isinstance(part, ast.Constant) else r"[\w-]+" for part in node.values)


def _message(value: ast.expr | None) -> set[str]:
    """A message names its text and its HTML by one name."""
    if isinstance(value, ast.Constant) and isinstance(value.value, str) and "/" in value.value:
        return {re.escape(f"{value.value}.txt"), re.escape(f"{value.value}.html")}
    return set()


def referenced(name: str) -> set[str]:
    """The templates that a template extends, includes or imports from."""
    tree = ENVIRONMENT.parse(FILES[name].read_text(encoding="utf-8"))
    return {one for one in meta.find_referenced_templates(tree) if one}


def of_the_sign_in_library() -> set[str]:
    """The names that the sign-in library asks for, which ours stand in for."""
    folder = Path(str(files("allauth"))) / "templates"
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def used() -> set[str]:
    """The names of all templates that something asks for."""
    patterns = {pattern for source in python() for pattern in named_in_python(source)}
    asked = {name for name in FILES for pattern in patterns if re.fullmatch(pattern, name)}
    inner = {one for name in FILES for one in referenced(name)}
    library = {re.sub(r"\.\w+$", "", name) for name in of_the_sign_in_library()}
    standing_in = {name for name in FILES if re.sub(r"\.\w+$", "", name) in library}
    return asked | inner | standing_in | ASKED_BY_DJANGO


def test_every_template_is_used() -> None:
    assert sorted(FILES.keys() - used()) == []


def test_every_template_that_is_asked_for_is_there() -> None:
    inner = {f"{name} asks for {one}" for name in FILES for one in referenced(name) if not _there(one)}
    assert sorted(inner) == []
    rendered = {
        f"{source.path} asks for {pattern}"
        for source in python()
        for pattern in _rendered(source)
        if not any(re.fullmatch(pattern, name) for name in FILES)
    }
    assert sorted(rendered) == []


def _there(name: str) -> bool:
    return name in FILES or name.startswith(LIBRARY)


def _rendered(source: Source) -> set[str]:
    """The names handed to whatever renders, and those that messages carry."""
    found: set[str] = set()
    for call in source.calls():
        if called(call) not in RENDERING:
            continue
        for argument in [*call.args, *(word.value for word in call.keywords)]:
            if (
                isinstance(argument, ast.Constant)
                and isinstance(argument.value, str)
                and TEMPLATE_NAME.fullmatch(argument.value)
            ):
                found.add(re.escape(argument.value))
            elif isinstance(argument, ast.JoinedStr) and "template" not in ast.unparse(argument):
                found.add(_pattern(argument))
    if source.name == "messages.py":
        found |= named_in_python(source)
    return found


@pytest.mark.parametrize("name", sorted(FILES))
def test_nothing_in_a_page_asks_for_what_the_policy_forbids(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert [what for what in forbidden_in(text) if not (is_mail(name) and what in STYLES)] == []


def test_every_form_that_posts_carries_its_token() -> None:
    found = []
    for name, file in FILES.items():
        forms = re.findall(
            r"<form[^>]*method=[\"']?post.*?</form>", file.read_text(encoding="utf-8"), re.DOTALL | re.IGNORECASE
        )
        found += [name for form in forms if "csrf_input" not in form and "csrf_token" not in form]
    assert found == []


def test_nothing_switches_escaping_off() -> None:
    switching = re.compile(r"\|\s*safe\b|autoescape\s+false|\bMarkup\(")
    pages = {name: file.read_text(encoding="utf-8") for name, file in FILES.items() if not name.endswith(".txt")}
    assert [name for name, text in pages.items() if switching.search(text)] == []


def test_a_template_lies_in_the_folder_of_its_part() -> None:
    strays = [
        file.relative_to(ROOT).as_posix()
        for name, file in FILES.items()
        if name not in ASKED_BY_DJANGO
        and name.split("/")[0] not in {"account", "mfa", "usersessions", "allauth"}
        and name.split("/")[0] != file.relative_to(PRODUCT).parts[0]
    ]
    assert strays == []


def test_what_is_forbidden_is_noticed() -> None:
    page = "<script>go()</script><style>p{}</style><p style='a'><a onclick='go()' href='javascript:go()'>"
    assert forbidden_in(page) == list(INLINE)
    assert (
        forbidden_in('<script type="application/ld+json">{}</script><script src="/a.js"></script><p class="on">') == []
    )


def test_a_template_that_is_asked_for_is_found_in_the_code() -> None:
    source = Source("standdown/made_up/messages.py", 'class Told(Message):\n    template = "people/roles/mail/told"\n')
    assert named_in_python(source) == {r"people/roles/mail/told\.txt", r"people/roles/mail/told\.html"}
    source = Source("made_up.py", 'render(request, f"design/catalogue/{page}.html")')
    assert [bool(re.fullmatch(p, "design/catalogue/care.html")) for p in named_in_python(source)] == [True]
