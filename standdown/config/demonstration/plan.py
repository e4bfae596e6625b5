"""Which forces stand where in the demonstration. What is said of a force here is made up, like its people."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

# Forces by how far they have come; all others have not been asked.
ADOPTED = (
    "metropolitan", "bedfordshire", "cambridgeshire", "hertfordshire", "essex", "kent", "cumbria", "durham",
    "cleveland", "west-yorkshire", "humberside", "staffordshire", "derbyshire", "lincolnshire", "hampshire",
    "surrey", "devon-and-cornwall", "avon-and-somerset", "dyfed-powys", "gwent", "north-wales", "btp",
)  # fmt: skip
PAUSED = ("merseyside",)
APPROVED = ("northumbria", "suffolk", "sussex")
INTEREST = ("norfolk", "lancashire", "dorset", "northern-ireland")
WITHDRAWN = ("cheshire",)

VACANT_LEAD = "cleveland"  # shows what a vacant post looks like
COLLABORATIONS = {
    "Bedfordshire, Cambridgeshire and Hertfordshire": ("bedfordshire", "cambridgeshire", "hertfordshire"),
    "Kent and Essex": ("kent", "essex"),
}
MERGER = ("norfolk", "suffolk")  # into one force from next April, to show how a merger is announced

BASES = ("North", "South", "Control room")
TEAMS = ("Response A", "Response B", "Neighbourhood", "Call handling")

HOME = "bedfordshire"  # the force that the demonstration's accounts belong to


@dataclass(frozen=True, slots=True)
class Date:
    """One date of the coming quarter: on which working day from today, for whom, how."""

    in_days: int
    forces: tuple[str, ...]
    delivery: str = "online"
    place: str = ""
    language: str = "en"
    capacity: int = 16
    allotments: tuple[int | None, ...] = ()
    status: str = "published"


COMING = (
    Date(4, ("bedfordshire",)),
    Date(6, ("metropolitan",)),
    Date(9, ("kent", "essex"), allotments=(8, 8)),
    Date(11, ("cumbria",)),
    Date(13, ("metropolitan",)),
    Date(16, ("dyfed-powys", "gwent", "north-wales"), language="cy"),
    Date(18, ("bedfordshire", "cambridgeshire", "hertfordshire"), allotments=(4, 3, 3), capacity=10),
    Date(23, ("humberside",), delivery="in-person", place="Force training centre", capacity=12),
    Date(25, ("west-yorkshire",)),
    Date(30, ("metropolitan",)),
    Date(44, ("staffordshire", "derbyshire"), allotments=(8, 8)),
    Date(46, ("surrey",), status="moved"),
    Date(51, ("avon-and-somerset",), status="cancelled"),
    Date(53, ("bedfordshire",)),
    Date(58, ("hampshire",), delivery="blended", place="Support headquarters", capacity=12),
    Date(60, ("lincolnshire",)),
    Date(65, ("metropolitan",)),
    Date(67, ("durham", "cleveland"), allotments=(8, None)),
    Date(72, ("devon-and-cornwall",)),
    Date(74, ("btp",)),
    Date(79, ("kent",)),
    Date(81, ("bedfordshire", "hertfordshire"), status="draft"),
    Date(86, ("essex",), status="draft"),
)

# The two dates of the month that the first listing was about.
ARCHIVE = (
    (dt.date(2022, 8, 8), "bedfordshire"),
    (dt.date(2022, 8, 31), "metropolitan"),
)
