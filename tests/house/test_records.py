"""What the tables may hold: every field has a privacy class, every record a force, and a wall stands in between."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable
from typing import Any

import pytest
from django.apps import apps
from django.core.validators import MaxLengthValidator, RegexValidator
from django.db import models
from django.test.utils import isolate_apps

from standdown.foundation.privacy import PUBLIC, SPECIAL, PrivacyClass
from standdown.foundation.records import Record
from tests.house import exceptions
from tests.house.reading import of_part, python

Model = type[models.Model]
WALL = frozenset({"training", "care"})


def our_models() -> list[Model]:
    """Every model of ours that has a table."""
    return [model for model in apps.get_models() if model.__module__.startswith("standdown.")]


def stored(model: Model) -> set[str]:
    """The names of the fields that a model stores."""
    fields = {field.name for field in model._meta.get_fields() if field.concrete and not field.auto_created}
    return fields | ({"id"} if model._meta.pk is not None and model._meta.pk.auto_created else set())


def across_the_wall(found: Iterable[Model]) -> list[str]:
    """Every relation between training and care, of whatever kind and seen from whichever side."""
    return sorted(
        {
            f"{model._meta.label}.{field.name} -> {_label(field)}"
            for model in found
            for field in model._meta.get_fields(include_hidden=True)
            if field.is_relation and {of_part(model.__module__), _other_part(field)} == WALL
        }
    )


def _label(field: Any) -> str:
    other = field.related_model
    return other if isinstance(other, str) else other._meta.label


def _other_part(field: Any) -> str:
    other = field.related_model
    if other is None:
        return "anything"
    return other.split(".")[0] if isinstance(other, str) else of_part(other.__module__)


def free_text(model: Model) -> list[str]:
    """The fields of a model that would take somebody's own words."""
    return [f"{model._meta.label}.{field.name}" for field in model._meta.concrete_fields if _takes_words(field)]


def _takes_words(field: models.Field[Any, Any]) -> bool:
    if isinstance(field, models.TextField | models.JSONField | models.BinaryField | models.FileField):
        return True
    if not isinstance(field, models.CharField) or field.choices:
        return False
    return all(isinstance(check, MaxLengthValidator) for check in field.validators)


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_every_field_has_a_privacy_class(model: Model) -> None:
    classes: dict[str, PrivacyClass] = model.__dict__.get("privacy", {})
    assert classes.keys() == stored(model)
    assert {type(one) for one in classes.values()} == {PrivacyClass}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_what_may_be_known_about_health_lies_in_care_alone(model: Model) -> None:
    special = [name for name, one in model.__dict__.get("privacy", {}).items() if one is SPECIAL]
    assert special == [] or of_part(model.__module__) in {"care", "occupational_health"}


@pytest.mark.parametrize("model", our_models(), ids=lambda model: model._meta.label)
def test_nothing_that_names_a_person_is_public(model: Model) -> None:
    names = {
        "given_name",
        "family_name",
        "full_name",
        "work_email",
        "email",
        "number",
        "password",
        "address",
        "recipient",
    }
    privacy: dict[str, PrivacyClass] = model.__dict__.get("privacy", {})
    public = {name for name, one in privacy.items() if one is PUBLIC}
    has_number_of_its_own = {
        "foundation.PublicVersion", "training.CourseVersion", "training.ProgrammeVersion", "care.Programme",
    }  # fmt: skip
    assert public & (names - ({"number"} if model._meta.label in has_number_of_its_own else set())) == set()


def test_every_record_says_which_force_it_belongs_to() -> None:
    silent = {
        model._meta.label
        for model in our_models()
        if not issubclass(model, Record) or model.belongs_to_force is Record.belongs_to_force
    }
    assert silent == exceptions.WITHOUT_A_FORCE.keys()


def test_no_relation_crosses_the_wall() -> None:
    assert across_the_wall(our_models()) == []


def test_no_relation_is_made_without_naming_its_model() -> None:
    text = re.compile(r"GenericForeignKey|GenericRelation|\bget_model\(|ContentType\b")
    assert [source.path for source in python() if text.search(source.text)] == []


@pytest.mark.parametrize(("part", "other"), [("training", "care"), ("care", "training")])
def test_no_text_names_a_model_over_the_wall(part: str, other: str) -> None:
    pattern = re.compile(rf"^(standdown\.)?{other}(\.\w+)*\.[A-Z]\w+$")
    found = [
        f"{source.path}:{node.lineno}: {node.value}"
        for source in python(f"{part}/**/*.py", migrations=True)
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and pattern.match(node.value)
    ]
    assert found == []


@isolate_apps("standdown.training", "standdown.people")
def test_a_relation_over_the_wall_is_noticed_from_both_sides() -> None:
    class Place(models.Model):
        __module__ = "standdown.training.made_up.models"

        class Meta:
            app_label = "training"

    class Talk(models.Model):
        __module__ = "standdown.care.made_up.models"
        place = models.ForeignKey(Place, on_delete=models.PROTECT)
        once = models.OneToOneField(Place, on_delete=models.PROTECT, related_name="+")
        many = models.ManyToManyField(Place, related_name="talks_of_many")

        class Meta:
            app_label = "training"

    class Neighbour(models.Model):
        __module__ = "standdown.people.made_up.models"
        place = models.ForeignKey(Place, on_delete=models.PROTECT)

        class Meta:
            app_label = "training"

    from_care = [line.split(" -> ")[0].rpartition(".")[2] for line in across_the_wall([Talk])]
    assert from_care == ["many", "once", "place"]
    assert len(across_the_wall([Place])) >= 3
    assert across_the_wall([Neighbour]) == []


@isolate_apps("standdown.training")
def test_a_relation_named_by_text_is_noticed() -> None:
    class Late(models.Model):
        __module__ = "standdown.care.made_up.models"
        course = models.ForeignKey("training.Course", on_delete=models.PROTECT)

        class Meta:
            app_label = "training"

    assert across_the_wall([Late]) == ["training.Late.course -> training.Course"]


def test_care_takes_nobodys_own_words() -> None:
    assert [line for model in our_models() if of_part(model.__module__) == "care" for line in free_text(model)] == []


@isolate_apps("standdown.training")
def test_a_field_for_somebodys_own_words_is_noticed() -> None:
    class Talk(models.Model):
        notes = models.TextField()
        remark = models.CharField(max_length=80)
        more = models.JSONField()
        kind = models.CharField(max_length=8, choices=[("a", "A")])
        reference = models.CharField(max_length=8, validators=[RegexValidator(r"^TS-")])
        count = models.PositiveSmallIntegerField()

        class Meta:
            app_label = "training"

    assert free_text(Talk) == ["training.Talk.notes", "training.Talk.remark", "training.Talk.more"]


def test_what_is_kept_of_people_elsewhere_has_no_free_text_either() -> None:
    words_of_the_product = {"training.ContentBlock", "notifications.OutboxMessage"}
    found = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        if model._meta.label not in words_of_the_product
        for field in model._meta.concrete_fields
        if isinstance(field, models.TextField)
    ]
    assert found == []
