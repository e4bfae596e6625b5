import pytest
from typer.testing import CliRunner

from standdown.config.cli.commands import attach
from standdown.config.cli.program import app
from standdown.people.models import Account, RoleGrant
from tests import cast

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def run() -> CliRunner:
    if not any(command.name == "grant" for command in app.registered_commands):
        attach(app)
    return CliRunner()


def test_a_first_coordinator_is_made_and_invited(run: CliRunner) -> None:
    made = run.invoke(app, ["grant", "national-coordinator", "nadia@national.example", "--name", "Nadia North"])
    assert (made.exit_code, RoleGrant.objects.get().reason) == (0, "first"), made.output
    invited = run.invoke(app, ["invite", "nadia@national.example"])
    assert (invited.exit_code, Account.objects.get().state) == (0, "invited")
    assert "/sign-in/invitation/" in invited.output


def test_what_cannot_be_done_is_said_and_ends_with_one(run: CliRunner) -> None:
    force = cast.force("ashire")
    cast.person(force, "Sam", work_email="sam@a.example")
    refused = [
        ["grant", "privacy-officer", "nobody@a.example"],
        ["grant", "privacy-officer", "sam@a.example", "--force", "nowhere"],
        ["grant", "supervisor", "sam@a.example"],
        ["invite", "nobody@a.example"],
    ]
    assert [run.invoke(app, words).exit_code for words in refused] == [1, 1, 1, 1]
    assert run.invoke(app, ["grant", "privacy-officer", "sam@a.example", "--force", "ashire"]).exit_code == 0
    assert run.invoke(app, ["grant", "owner", "sam@a.example"]).exit_code == 2
