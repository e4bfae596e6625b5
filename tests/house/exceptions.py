"""Where the house departs from its own rules, each with the reason. A line that is not needed any more fails too."""

# Files that write to tables outside an actions.py.
WRITES_ELSEWHERE = {
    "standdown/audit/act.py": "writes the record of every act",
    "standdown/notifications/outbox.py": "tell() writes inside the act that calls it",
    "standdown/notifications/worker.py": "notes what came of a message, under its lease",
    "standdown/people/accounts/directory_write.py": "the import's long part, inside the act of bringing people in",
    "standdown/people/qualifications/listeners.py": "asks who moves about their register, inside the act of moving",
    "standdown/people/qualifications/register.py": "begins and ends qualifications inside the act that asks for it",
    "standdown/people/roles/listeners.py": "ends roles inside the act by which somebody leaves or moves",
    "standdown/training/certificates/issue.py": "issues and ends certificates inside the act that gives the reason",
    "standdown/training/exchanges/seats.py": "puts people in other people's places, inside the act that exchanges them",
    "standdown/training/nominations/listeners.py": "names follow their date, force and person, inside that act",
    "standdown/training/attendance/missed.py": "offers the next date inside the act that closes a register",
    "standdown/training/attendance/register.py": "stores marks and what came of them, inside the act that records them",
    "standdown/training/sessions/bulk.py": "the import's long part, inside the act of bringing dates in",
    "standdown/training/sessions/diary.py": "notes what happened to a date, inside the act that did it",
    "standdown/training/nominations/bulk.py": "the file's long part, inside the act of putting its names forward",
    "standdown/training/nominations/places.py": "holds, offers and frees places, inside the act that does it",
    "standdown/training/nominations/diary.py": "what the actions about places have in common, inside each act",
    "standdown/care/clocks/steps.py": "opens and closes steps, inside the act that gives the reason",
    "standdown/care/duty/duty_ends.py": "fills in the end of duty, inside the act of putting people on a list",
    "standdown/care/defusing/diary.py": "what the acts about a session have in common, inside each act",
    "standdown/people/qualifications/deliveries.py": "notes a session led, inside the act that records it",
    "standdown/care/follow_up/diary.py": "opens and ends contacts, inside the act that gives the reason",
    "standdown/care/exposures/lists.py": "puts people on a list, inside the act that gives the reason",
    "standdown/care/clocks/second_look.py": "notes that it looked, which is nobody's act",
    "standdown/care/exposures/stages.py": "moves one person on, inside the act that gives the reason",
    "standdown/care/grouping/listeners.py": "takes people out of planned sessions, inside the act that says why",
    "standdown/care/incidents/diary.py": "notes what was done to an incident, inside the act that did it",
    "standdown/care/matching/proposals.py": "stores a plan and its asks, inside the act that makes or confirms it",
    "standdown/care/programme/shipped.py": "adds the programmes that ship, after every migration",
    "standdown/config/backup/restore.py": "ends every sign-in of before the restore, which is nobody's act",
    "standdown/config/demonstration/people.py": "thousands of made-up people in one go, in an empty database",
    "standdown/config/demonstration/world.py": "the first made-up people, whom nobody is there yet to add",
}

# Of these the ones that are the inside of an action: nobody but an action (or one of them) may call them.
INSIDE_AN_ACT = {
    "standdown/care/matching/proposals.py",
    "standdown/care/incidents/diary.py",
    "standdown/care/grouping/listeners.py",
    "standdown/care/clocks/steps.py",
    "standdown/care/duty/duty_ends.py",
    "standdown/care/defusing/diary.py",
    "standdown/people/qualifications/deliveries.py",
    "standdown/care/follow_up/diary.py",
    "standdown/care/exposures/lists.py",
    "standdown/care/exposures/stages.py",
    "standdown/training/attendance/missed.py",
    "standdown/training/attendance/register.py",
    "standdown/people/accounts/directory_write.py",
    "standdown/people/qualifications/listeners.py",
    "standdown/people/qualifications/register.py",
    "standdown/people/roles/listeners.py",
    "standdown/training/certificates/issue.py",
    "standdown/training/exchanges/seats.py",
    "standdown/training/nominations/listeners.py",
    "standdown/training/sessions/bulk.py",
    "standdown/training/sessions/diary.py",
    "standdown/training/nominations/bulk.py",
    "standdown/training/nominations/places.py",
    "standdown/training/nominations/diary.py",
}

# Files that open the database to writes.
OPENS_THE_DATABASE = {
    "standdown/foundation/triggers.py": "inserts the rows that migrations need",
    "standdown/audit/act.py": "the one way for everybody else",
    "standdown/care/programme/shipped.py": "adds the programmes that ship, after every migration",
    "standdown/notifications/worker.py": "notes what came of a message",
    "standdown/care/clocks/second_look.py": "notes that it looked, as the worker notes that it lives",
    "standdown/notifications/migrations/0003_confidential_messages.py": "marks what was written before",
    "standdown/config/demonstration/world.py": "makes the first people, before anybody is there to act",
}

# Functions of an actions.py that are not one thing that somebody does.
NOT_AN_ACTION: dict[str, str] = {}

# Files, beside views, commands and middleware, that ask the clock.
ASKS_THE_CLOCK: dict[str, str] = {
    "standdown/foundation/clock.py": "is the clock",
    "standdown/foundation/ids.py": "keys begin with the millisecond in which they are made",
    "standdown/public/cache.py": "wraps views, and hands each the moment for which its page is made",
    "standdown/people/sign_in/session_store.py": "is asked by the framework's middleware, which hands over no moment",
    "standdown/people/sign_in/signals.py": "hears from the sign-in library's views, which hand over no moment",
}

# Models that no act is ever made on, so that they say no force.
WITHOUT_A_FORCE = {
    "foundation.PublicVersion": "one row for all public pages, raised by triggers",
    "audit.Chain": "is itself what a force's acts are written to",
    "audit.Entry": "is itself the record of an act",
    "foundation.Mark": "says of the whole database that it may be thrown away",
}

# Files that know one database, beside foundation/db.py.
READS_ONE_DATABASE_S_FILE = {
    "standdown/audit/chain.py": "proves a record where there is no Standdown, so it opens SQLite's file itself",
}

# Files with imports inside a function.
IMPORTED_LATE: dict[str, str] = {
    "standdown/care/matching/plan.py": "scipy takes a second to import, and only a plan of all groups needs it",
    "standdown/reporting/suppression.py": "as plan.py: reading what was published needs no solver",
    "standdown/config/cli/check.py": "Django is set up by then, and the other commands need not wait for it",
    "standdown/config/cli/demo.py": "as check.py: what asks for the settings must not be needed for --help",
    "standdown/config/cli/program.py": "each command brings its own imports, so that --help answers at once",
    "standdown/config/cli/serve.py": "the server is slow to import, and the other commands do not need it",
}

# Names that would be too general, were they not the field's own word.
NAMED_SO = {"directory_managers.py": "line managers, whom everybody calls so"}

# Tests that wait for something outside this process to get ready.
WAITS = {
    "tests/house/test_postgres_cluster.py": "the program that it starts must still run when it is stopped",
    "tests/house/test_wheel.py": "asks a server that it started until it answers",
    "tests/journeys/inspection.py": "asks a program that it started until it answers",
    "tests/journeys/standing.py": "asks a server that it started until it answers",
    "tests/journeys/training_steps.py": "looks for mail that the worker, a process of its own, writes to a folder",
    "standdown/training/nominations/tests/test_races.py": "the pause in which a forgotten lock shows",
    "tests/prove/places_without_lock.py": "the pause in which a forgotten lock shows",
    "tests/prove/test_places.py": "asks servers that it killed until they answer again",
}

# Longer than the limits.
LONG_FUNCTIONS: dict[str, str] = {}
LONG_VIEWS: dict[str, str] = {}
LONG_FILES: dict[str, str] = {
    "standdown/audit/chain.py": "is copied to another machine as one file, and run there without the rest",
}

# Texts for which gettext is handed something else than one literal.
TEXT_FROM_ELSEWHERE: dict[str, str] = {
    "standdown/design/jinja.py": "is what templates call as `_()`, where the extraction reads the literal",
}

# Routes of libraries, which cannot carry a gate of ours; tests/matrix says what each answers to whom.
ROUTES_OF_LIBRARIES: dict[str, str] = {}

# Letters in templates that are the same in every language.
SAME_IN_EVERY_LANGUAGE = {"Standdown", "Tŷ, dŵr, Llŷn, ŵyr."}
