# ruff: noqa: RUF001 - the apostrophes of both languages
"""The programmes that ship with the product, in our own words. They are there after every migration.

A published version never changes: whoever wants it otherwise copies it. What a new release of the product ships anew
gets the next number.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from standdown.care.programme.models import Category, Escalation, ExposureRole, NextStepOption, Phase, Programme
from standdown.care.programme.policy import Family, NextStep, StepKind, Told
from standdown.foundation import db

SINCE = dt.date(2020, 1, 1)
MADE = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)

# (code, English, Welsh, assault) in plain words, calm, and none that grades (R57).
CATEGORIES: tuple[tuple[str, str, str, bool], ...] = (
    ("death-adult", "Death of an adult", "Marwolaeth oedolyn", False),
    ("death-child", "Death of a child", "Marwolaeth plentyn", False),
    ("suicide", "Suicide", "Hunanladdiad", False),
    ("road-collision", "Fatal or serious road collision", "Gwrthdrawiad ffordd angheuol neu ddifrifol", False),
    ("resuscitation", "Resuscitation that did not succeed", "Dadebru na lwyddodd", False),
    ("colleague-hurt", "A colleague hurt or killed", "Cydweithiwr wedi’i anafu neu’i ladd", False),
    ("assault", "Assault on oneself", "Ymosodiad arnoch eich hun", True),
    ("weapon", "A weapon fired or used", "Arf wedi’i danio neu’i ddefnyddio", False),
    ("recovery", "Recovery of a body", "Adfer corff", False),
    ("death-message", "Telling a family of a death", "Rhoi gwybod i deulu am farwolaeth", False),
    ("many-people", "Many people hurt or killed", "Llawer wedi’u hanafu neu’u lladd", False),
    ("hostage", "Hostage or siege", "Gwystl neu warchae", False),
    ("child-abuse-material", "Work with child abuse material", "Gwaith â deunydd cam-drin plant", False),
    ("threat-to-life", "Threat to one’s own life", "Bygythiad i’ch bywyd eich hun", False),
    ("distressing-call", "A distressing call", "Galwad ofidus", False),
    ("custody", "Death or serious harm in custody", "Marwolaeth neu niwed difrifol yn y ddalfa", False),
    ("other", "Something else", "Rhywbeth arall", False),
)
# (code, English, Welsh, closeness 1 to 4, control room) (R58)
ROLES: tuple[tuple[str, str, str, int, bool], ...] = (
    ("hands-on", "Hands-on care or rescue", "Gofal neu achub uniongyrchol", 1, False),
    ("first-on-scene", "First on scene", "Cyntaf yn y fan", 1, False),
    ("scene", "At the scene", "Yn y fan", 2, False),
    ("investigator", "Investigator", "Ymchwilydd", 2, False),
    ("scenes-of-crime", "Crime scene investigator", "Ymchwilydd safle trosedd", 2, False),
    ("family-liaison", "Family liaison", "Cyswllt teulu", 2, False),
    ("identification", "Identification of people who died", "Adnabod pobl a fu farw", 1, False),
    ("control-room", "Control room or call taker", "Ystafell reoli neu dderbyniwr galwadau", 2, True),
    ("viewing-material", "Viewing or listening to material", "Gwylio neu wrando ar ddeunydd", 2, False),
    ("custody", "Custody", "Dalfa", 2, False),
    ("cordon", "Cordon", "Cordon", 3, False),
    ("back-office", "Office or support", "Swyddfa neu gefnogaeth", 4, False),
)
# (step, after demobilising, after defusing)
NEXT_STEPS: tuple[tuple[NextStep, bool, bool], ...] = (
    (NextStep.NOTHING_NOW, True, True),
    (NextStep.DEFUSE_GROUP, True, False),
    (NextStep.DEFUSE_ONE, True, True),
    (NextStep.PEER_CALL, False, True),
    (NextStep.ESTIM, False, True),
    (NextStep.OCCUPATIONAL_HEALTH, True, True),
    (NextStep.SELF_HELP, False, True),
    (NextStep.GP, False, True),
    (NextStep.URGENT, True, True),
)
_HOUR = 60
# Minutes after a step was due, and who is told (peers-care 3.1).
CHAINS: dict[StepKind, tuple[tuple[int, Told], ...]] = {
    StepKind.DEMOBILISE: (
        (-_HOUR, Told.OWNER), (0, Told.OWNER), (_HOUR, Told.DUTY_INSPECTOR), (12 * _HOUR, Told.COORDINATOR),
    ),
    StepKind.CONFIRM_LIST: ((0, Told.COORDINATOR), (12 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.DECIDE: ((-2 * _HOUR, Told.COORDINATOR), (12 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.BOOK: ((0, Told.COORDINATOR), (24 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.HOLD: ((-12 * _HOUR, Told.COORDINATOR), (0, Told.ESTIP_LEAD)),
    StepKind.CHECK_OUT: ((12 * _HOUR, Told.OWNER), (36 * _HOUR, Told.COORDINATOR)),
    StepKind.BUDDY_CALL: ((0, Told.COORDINATOR), (24 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.REFERRAL_ANSWER: (
        (0, Told.OCCUPATIONAL_HEALTH), (0, Told.COORDINATOR), (16 * _HOUR, Told.ESTIP_LEAD),
    ),
    StepKind.URGENT_HANDOVER: ((0, Told.OWNER), (30, Told.COORDINATOR), (_HOUR, Told.ESTIP_LEAD)),
    StepKind.CONTACT_TWO_WEEKS: ((0, Told.OWNER), (48 * _HOUR, Told.COORDINATOR)),
    StepKind.CONTACT_MONTH: (
        (-72 * _HOUR, Told.OWNER), (0, Told.COORDINATOR), (48 * _HOUR, Told.ESTIP_LEAD),
    ),
    StepKind.CONTACT_THREE_MONTHS: ((0, Told.OWNER), (7 * 24 * _HOUR, Told.COORDINATOR)),
    StepKind.ACCEPT_HANDED_OVER: ((0, Told.COORDINATOR), (4 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.SELF_REFERRAL: ((0, Told.COORDINATOR), (24 * _HOUR, Told.ESTIP_LEAD)),
    StepKind.CUMULATIVE_OFFER: ((0, Told.COORDINATOR),),
}  # fmt: skip
_TERMS = Phase.Term
PHASES: dict[Family, tuple[tuple[str, str, str], ...]] = {
    Family.ESTIP_LIKE: (
        (_TERMS.DEMOBILISE, "Demobilising", "Dadfyddino"),
        (_TERMS.DEFUSE, "Defusing", "Tawelu"),
        (_TERMS.CORE_GROUP, "Core group", "Grŵp craidd"),
        (_TERMS.DEFUSER, "Defuser", "Tawelwr"),
        (_TERMS.FOLLOW_UP, "Follow-up", "Dilyniant"),
    ),
    Family.TRIM_LIKE: (
        (_TERMS.DEMOBILISE, "Manager’s check", "Gwiriad y rheolwr"),
        (_TERMS.DEFUSE, "Three-day conversation", "Sgwrs tridiau"),
        (_TERMS.CORE_GROUP, "Those affected", "Y rhai yr effeithiwyd arnynt"),
        (_TERMS.DEFUSER, "Practitioner", "Ymarferydd"),
        (_TERMS.FOLLOW_UP, "One-month conversation", "Sgwrs un mis"),
    ),
    Family.CISM_LIKE: (
        (_TERMS.DEMOBILISE, "End-of-shift information", "Gwybodaeth diwedd sifft"),
        (_TERMS.DEFUSE, "Defusing within hours", "Tawelu o fewn oriau"),
        (_TERMS.CORE_GROUP, "Homogeneous group", "Grŵp cyffelyb"),
        (_TERMS.DEFUSER, "Team member", "Aelod o’r tîm"),
        (_TERMS.FOLLOW_UP, "Follow-up", "Dilyniant"),
    ),
}
FIGURES: dict[Family, dict[str, Any]] = {
    Family.ESTIP_LIKE: {"contact_month_days": 28},  # inside a month, whichever month it is (S20)
    Family.TRIM_LIKE: {
        "defuse_target_hours": 72, "defuse_green_from_hours": 72, "defuse_green_until_hours": 120,
        "defuse_amber_until_hours": 168, "group_typical_from": 2, "group_typical_to": 6, "group_most": 8,
        "contact_month_days": 28,
    },
    Family.CISM_LIKE: {
        "defuse_target_hours": 8, "defuse_green_from_hours": 1, "defuse_green_until_hours": 12,
        "defuse_amber_until_hours": 24, "book_hours": 3, "list_hours": 4, "accept_proposal_after_hours": 4,
        "rest_hours": 12, "contact_month_days": 28,
    },
}  # fmt: skip


def after_migrations(**_facts: Any) -> None:
    """Add the programmes that ship and are not there yet. Asked for after every migration, and mostly does nothing."""
    there = set(Programme.objects.filter(force__isnull=True, number=1).values_list("family", flat=True))
    with db.open_for("the programmes that ship"):
        for family in Family:
            if family.value not in there:
                _add(family)


def _add(family: Family) -> None:
    made = Programme.objects.create(
        force=None, family=family.value, number=1, effective_from=SINCE, made_at=MADE, published_at=MADE,
        **FIGURES[family],
    )  # fmt: skip
    Category.objects.bulk_create(
        Category(programme=made, code=code, words=words, welsh=welsh, assault=assault, position=position)
        for position, (code, words, welsh, assault) in enumerate(CATEGORIES)
    )
    ExposureRole.objects.bulk_create(
        ExposureRole(
            programme=made, code=code, words=words, welsh=welsh, closeness=close, control_room=control, position=place
        )
        for place, (code, words, welsh, close, control) in enumerate(ROLES)
    )
    NextStepOption.objects.bulk_create(
        NextStepOption(programme=made, step=step.value, after_demobilise=first, after_defuse=second, position=position)
        for position, (step, first, second) in enumerate(NEXT_STEPS)
    )
    Phase.objects.bulk_create(
        Phase(programme=made, term=term, words=words, welsh=welsh) for term, words, welsh in PHASES[family]
    )
    Escalation.objects.bulk_create(
        Escalation(programme=made, kind=kind.value, position=position, minutes=minutes, told=told.value)
        for kind, chain in CHAINS.items()
        for position, (minutes, told) in enumerate(chain)
    )
