import datetime as dt
import uuid
from io import BytesIO

import pytest
from django.test import Client

from standdown.foundation import clock
from standdown.notifications.models import OutboxMessage
from standdown.people.models import Force
from standdown.people.roles.policy import Role
from standdown.training.models import Course, Session, SessionChange, SessionForce, SessionTrainer
from tests import cast

pytestmark = pytest.mark.django_db
ROOT = "/training/sessions/"
SOON = clock.london_day(clock.now()) + dt.timedelta(days=60)


@pytest.fixture
def course() -> Course:
    return cast.course()


@pytest.fixture
def ashire() -> Force:
    return cast.force("ashire")


@pytest.fixture
def bshire() -> Force:
    return cast.force("bshire")


@pytest.fixture
def nadia() -> Client:
    return cast.client_for(cast.national_coordinator())


@pytest.fixture
def lead(ashire: Force) -> Client:
    return cast.client_for(cast.holder(Role.WELLBEING_LEAD, ashire))


def at(session: Session, page: str = "") -> str:
    return f"{ROOT}{session.pk}/{page}"


def words(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def seen(session: Session) -> str:
    return Session.objects.get(pk=session.pk).changed_at.isoformat()


def day(name: str, on: dt.date) -> dict[str, object]:
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


def plan_facts(force: Force, **facts: object) -> dict[str, object]:
    return {
        "course": "demobilising-and-defusing", **day("day", SOON), "start": "09:00", "end": "4pm", "delivery": "online",
        "platform": "Microsoft Teams", "place": "", "capacity": "16", "language": "en", "rows": "1",
        "force_1": str(force.pk), "places_1": "", **facts,
    }  # fmt: skip


# -- who sees what ------------------------------------------------------------------------------------------------


def test_a_lead_sees_the_published_dates_of_their_own_force_only(
    lead: Client, course: Course, ashire: Force, bshire: Force
) -> None:
    own = cast.session(course, ashire, bshire, day=SOON)
    other, draft = cast.session(course, bshire, day=SOON), cast.session(course, ashire, day=SOON, status="draft")
    page = words(lead, ROOT)
    assert [str(one.pk) in page for one in (own, other, draft)] == [True, False, False]
    assert "Your dates" in page
    assert "Plan a date" not in page
    assert lead.get(at(own)).status_code == 200
    assert {lead.get(at(one)).status_code for one in (other, draft)} == {404}


def test_a_lead_sees_neither_buttons_nor_names_nor_other_forces_places(
    lead: Client, course: Course, ashire: Force, bshire: Force
) -> None:
    made = cast.session(course, ashire, bshire, day=SOON)
    page = words(lead, at(made))
    assert "Trainers" not in page
    assert "Move" not in page
    assert page.count("None kept") == 1


def test_a_wrong_force_reads_exactly_like_nothing(lead: Client, course: Course, bshire: Force) -> None:
    other = cast.session(course, bshire, day=SOON)
    answers = [lead.get(f"{ROOT}{key}/") for key in (other.pk, uuid.uuid4())]
    assert [answer.status_code for answer in answers] == [404, 404]
    first, second = (answer.content.replace(str(key).encode(), b"") for answer, key in zip(
        answers, (other.pk, answers[1].wsgi_request.path.split("/")[-2]), strict=True
    ))  # fmt: skip
    assert first == second


@pytest.mark.parametrize("page", ["edit/", "clone/", "publish/", "move/", "cancel/", "allot/", "trainers/name/"])
def test_only_planners_open_what_changes_a_date(
    nadia: Client, lead: Client, course: Course, ashire: Force, page: str
) -> None:
    made = cast.session(course, ashire, day=SOON)
    assert (lead.get(at(made, page)).status_code, lead.post(at(made, page)).status_code) == (404, 404)
    assert nadia.get(at(made, page)).status_code == 200
    assert Client().get(at(made, page)).status_code == 302


@pytest.mark.parametrize("page", ["plan/", "plan-several/", "import/", "import/dates.csv"])
def test_only_planners_plan(nadia: Client, lead: Client, course: Course, page: str) -> None:
    assert (nadia.get(ROOT + page).status_code, lead.get(ROOT + page).status_code) == (200, 404)


def test_others_do_not_find_the_dates(course: Course, ashire: Force) -> None:
    assert cast.client_for(cast.holder(Role.SUPERVISOR, ashire)).get(ROOT).status_code == 404


# -- the list -----------------------------------------------------------------------------------------------------


def test_the_list_narrows_down(nadia: Client, course: Course, ashire: Force, bshire: Force) -> None:
    coming = cast.session(course, ashire, day=SOON)
    room = cast.session(course, bshire, day=SOON, delivery="in-person", place="Harbour House", status="cancelled")
    past = cast.session(course, ashire, day=dt.date(2022, 8, 8), status="held")
    for query, expected in (
        ("", [True, True, False]),
        ("?when=past", [False, False, True]),
        ("?force=bshire", [False, True, False]),
        ("?status=published", [True, False, False]),
        ("?delivery=in-person", [False, True, False]),
        ("?force=nowhere&when=never", [True, True, False]),
    ):
        page = words(nadia, ROOT + query)
        assert [str(one.pk) in page for one in (coming, room, past)] == expected


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_statements_however_long(
    nadia: Client, course: Course, ashire: Force, number: int, django_assert_max_num_queries: object
) -> None:
    for days in range(number):
        cast.session(course, ashire, day=SOON + dt.timedelta(days=days))
    with django_assert_max_num_queries(11):  # type: ignore[operator]
        nadia.get(ROOT)


# -- planning -----------------------------------------------------------------------------------------------------


def test_a_date_is_planned_changed_and_published(nadia: Client, course: Course, ashire: Force) -> None:
    cast.holder(Role.WELLBEING_LEAD, ashire, "Ann")
    assert nadia.post(ROOT + "plan/", plan_facts(ashire)).status_code == 303
    made = Session.objects.get()
    assert (clock.london_day(made.starts_at), made.status) == (SOON, "draft")
    facts = plan_facts(ashire, capacity="12", places_1="7", seen=seen(made))
    assert nadia.post(at(made, "edit/"), facts).status_code == 303
    assert SessionForce.objects.get().allotment == 7
    page = words(nadia, at(made, "publish/"))
    assert "Ann Ashdown, Wellbeing lead (Ashire Police)" in page
    assert nadia.post(at(made, "publish/"), {"seen": seen(made)}).status_code == 303
    assert Session.objects.get().status == "published"
    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize(
    ("status", "page", "said"),
    [
        ("published", "publish/", "It was already published on"),
        ("cancelled", "cancel/", "It was already cancelled on"),
        ("cancelled", "move/", "It was already cancelled on"),
    ],
)
def test_what_cannot_be_done_any_more_is_said_at_once(
    nadia: Client, course: Course, ashire: Force, status: str, page: str, said: str
) -> None:
    shown = words(nadia, at(cast.session(course, ashire, day=SOON, status=status), page))
    assert said in shown
    assert "Leave it as it is" not in shown


def test_publishing_without_anybody_to_tell_says_so(nadia: Client, course: Course, ashire: Force) -> None:
    other = cast.force("cshire", adopted=False)
    page = words(nadia, at(cast.session(course, ashire, other, day=SOON, status="draft"), "publish/"))
    assert "Nobody will be told." in page
    assert "Nobody in Ashire Police can be told" in page
    assert "Cshire Police has not adopted the training" in page


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"end": "08:00"}, "The date must end after it begins."),
        ({"capacity": "17"}, "The course takes at most 16 people"),
        ({"places_1": "17"}, "17 places are kept for forces, but the date has only 16"),
        ({"delivery": "in-person", "capacity": "12"}, "People have to know where to go."),
        ({**day("day", dt.date(2027, 3, 28)), "start": "01:30"}, "01:30 does not exist that night"),
        ({**day("day", dt.date(2027, 10, 31)), "start": "01:30"}, "01:30 comes twice that night"),
        ({"force_1": ""}, "Choose the force that it is for"),
        (day("closes", SOON), "Names must be in before the date begins."),
    ],
)
def test_a_plan_that_cannot_stand_says_why(
    nadia: Client, course: Course, ashire: Force, facts: dict[str, object], sentence: str
) -> None:
    answer = nadia.post(ROOT + "plan/", plan_facts(ashire, **facts))
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not Session.objects.exists()


def test_another_force_is_added_without_losing_what_was_typed(nadia: Client, course: Course, ashire: Force) -> None:
    answer = nadia.post(ROOT + "plan/", plan_facts(ashire, another="yes", start="10:15", capacity="x"))
    page = answer.content.decode()
    assert "There is a problem" not in page
    assert ["force_2" in page, 'value="10:15"' in page, f'value="{SOON.year}"' in page] == [True, True, True]
    assert not Session.objects.exists()


def test_a_form_with_an_absurd_number_of_rows_is_read_as_twelve(nadia: Client, course: Course, ashire: Force) -> None:
    for rows in ("99", "999999999", "-1", "x"):
        assert nadia.post(ROOT + "plan/", plan_facts(ashire, rows=rows)).status_code in {200, 303}


def test_several_dates_are_planned_as_a_series_or_as_a_list(nadia: Client, course: Course, ashire: Force) -> None:
    series = plan_facts(ashire, every="week", count="3", days="")
    assert nadia.post(ROOT + "plan-several/", series).status_code == 303
    assert [clock.london_day(one.starts_at) for one in Session.objects.all()] == [
        SOON + dt.timedelta(weeks=number) for number in range(3)
    ]
    further = SOON + dt.timedelta(days=100)
    listed = plan_facts(ashire, every="week", count="3", days=f"{further.day}/{further.month}/{further.year}\n\n")
    assert nadia.post(ROOT + "plan-several/", listed).status_code == 303
    assert Session.objects.count() == 5


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"days": "tomorrow"}, "Write each day on a line of its own"),
        ({"days": "31 2 2027"}, "must be a real date"),
        ({"days": "1 6 2027\n1 6 2027"}, "twice"),
        ({"count": "61"}, "60"),
        ({"days": "\n".join(f"{number % 28 + 1} {number // 28 + 1} 2028" for number in range(60))}, "60"),
    ],
)
def test_a_series_that_cannot_be_says_why(
    nadia: Client, course: Course, ashire: Force, facts: dict[str, object], sentence: str
) -> None:
    whole = {**plan_facts(ashire, every="week", count="3", days=""), **facts}
    answer = nadia.post(ROOT + "plan-several/", whole)
    assert sentence in answer.content.decode()
    assert not Session.objects.exists()


def test_another_date_like_one(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    assert nadia.post(at(made, "clone/"), day("day", SOON + dt.timedelta(days=1))).status_code == 303
    assert Session.objects.filter(status="draft").count() == 1


# -- changing -----------------------------------------------------------------------------------------------------


def test_a_date_is_moved_with_a_reason(nadia: Client, lead: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    later = SOON + dt.timedelta(days=7)
    facts = {
        **day("day", later), "start": "09:00", "end": "16:00", "delivery": "online", "platform": "Microsoft Teams",
        "reason": "venue", "seen": seen(made),
    }  # fmt: skip
    assert "Why is it moved?" in nadia.post(at(made, "move/"), {**facts, "reason": ""}).content.decode()
    assert nadia.post(at(made, "move/"), facts).status_code == 303
    assert clock.london_day(Session.objects.get().starts_at) == later
    assert "It was to be on" in words(nadia, at(made))
    assert "Why: The place or the platform cannot be used." in OutboxMessage.objects.get().text
    answer = nadia.post(at(made, "move/"), facts)
    assert "Somebody else changed this date" in answer.content.decode()


def test_a_move_to_a_time_that_does_not_exist_says_so(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    facts = {
        **day("day", dt.date(2028, 3, 26)), "start": "01:15", "end": "16:00", "delivery": "online", "platform": "Teams",
        "reason": "venue", "seen": seen(made),
    }  # fmt: skip
    assert "does not exist that night" in nadia.post(at(made, "move/"), facts).content.decode()


def test_a_cancelled_date_says_why_and_cannot_be_cancelled_again(
    nadia: Client, lead: Client, course: Course, ashire: Force
) -> None:
    made = cast.session(course, ashire, day=SOON)
    facts = {"reason": "numbers", "seen": seen(made)}
    assert nadia.post(at(made, "cancel/"), facts).status_code == 303
    assert "Too few people were put forward" in words(nadia, at(made))
    assert "Why: Too few people were put forward." in OutboxMessage.objects.get().html
    assert "already cancelled" in nadia.post(at(made, "cancel/"), facts).content.decode()
    assert SessionChange.objects.count() == 1


def test_a_page_that_is_out_of_date_is_not_taken(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    for stale in ("", "yesterday", "2026-01-01T00:00:00"):
        answer = nadia.post(at(made, "cancel/"), {"reason": "numbers", "seen": stale})
        assert "Open it again" in answer.content.decode()


def test_places_are_allotted(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    facts = {"capacity": "14", str(ashire.pk): "9", "seen": seen(made)}
    assert nadia.post(at(made, "allot/"), facts).status_code == 303
    assert (Session.objects.get().capacity, SessionForce.objects.get().allotment) == (14, 9)
    too_many = {**facts, str(ashire.pk): "15", "seen": seen(made)}
    assert "15 places are kept" in nadia.post(at(made, "allot/"), too_many).content.decode()


def test_a_past_date_is_recorded_as_held_and_a_coming_one_not(nadia: Client, course: Course, ashire: Force) -> None:
    past, coming = cast.session(course, ashire, day=dt.date(2022, 8, 8)), cast.session(course, ashire, day=SOON)
    assert nadia.post(at(past, "held/")).status_code == 303
    assert nadia.post(at(coming, "held/")).status_code == 409
    assert nadia.get(at(coming, "held/")).status_code == 405


def test_a_trainer_is_named_and_taken_off(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=SOON)
    trainer = cast.person(None, "Tom")
    cast.grant(trainer, Role.TRAINER, None, starts_on=SOON - dt.timedelta(days=300))
    assert nadia.post(at(made, "trainers/name/"), {"trainer": str(trainer.pk), "part": "trains"}).status_code == 303
    assert "Tom Ashdown" in words(nadia, at(made))
    remove = at(made, f"trainers/{trainer.pk}/remove/")
    assert (nadia.post(remove).status_code, nadia.post(remove).status_code) == (303, 404)
    assert not SessionTrainer.objects.exists()
    with_held = cast.session(course, ashire, day=SOON, status="held")
    assert nadia.get(at(with_held, "trainers/name/")).status_code == 404


# -- a file -------------------------------------------------------------------------------------------------------


def test_the_template_can_be_brought_in(nadia: Client, course: Course) -> None:
    for slug, short in (("bedfordshire", "Bedfordshire"), ("metropolitan", "MET"), ("kent", "Kent")):
        cast.force(slug, short_name=short)
    content = nadia.get(ROOT + "import/dates.csv").content
    for what, expected in (("check", 0), ("write", 2), ("write", 2)):
        file = BytesIO(content)
        file.name = "dates.csv"
        answer = nadia.post(ROOT + "import/", {"file": file, "what": what})
        assert "Nothing was written" not in answer.content.decode()
        assert Session.objects.count() == expected


def test_a_wrong_file_lists_its_problems(nadia: Client, course: Course) -> None:
    file = BytesIO(b"date,start,end,forces,delivery,capacity\n12/01/2027,09:00,16:00,Nowhere,online,16\n")
    file.name = "dates.csv"
    page = nadia.post(ROOT + "import/", {"file": file, "what": "write"}).content.decode()
    assert "Nothing was written" in page
    assert "No force is known as “Nowhere”" in page


def test_kept_places_wait_until_a_day_before_the_date(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=dt.date(2090, 1, 12), capacity=12)
    facts = {"capacity": "12", str(ashire.pk): "9", "seen": made.changed_at.isoformat()}
    early = {"until_day": "5", "until_month": "1", "until_year": "2090"}
    late = {"until_day": "12", "until_month": "1", "until_year": "2090"}
    assert "Choose an earlier day" in nadia.post(at(made, "allot/"), facts | late).content.decode()
    assert nadia.post(at(made, "allot/"), facts | early).status_code == 303
    made.refresh_from_db()
    assert made.allotments_until == dt.datetime(2090, 1, 5, 17, tzinfo=dt.UTC)
    page = nadia.get(at(made, "allot/")).content.decode()
    assert ('value="5"' in page, "any force of the date may have them" in page) == (True, True)


def test_a_date_that_has_begun_says_why_its_places_stay(nadia: Client, course: Course, ashire: Force) -> None:
    made = cast.session(course, ashire, day=dt.date(2020, 1, 14))
    page = nadia.get(at(made, "allot/")).content.decode()
    assert "The date has begun, or is past." in page
    assert 'method="post" action' not in page.split("<main", 1)[1]
