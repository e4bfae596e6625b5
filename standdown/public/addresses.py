"""What may stand in a public address. Anything else is not there, before the database is asked."""

from __future__ import annotations

from standdown.training.courses.policy import RESERVED_SLUGS


class Slug:
    """The name of a force in an address."""

    regex = "[a-z0-9]+(?:-[a-z0-9]+)*"
    longest = 60

    def to_python(self, value: str) -> str:
        """As it stands; ValueError (not found) when it is longer than any that we give."""
        if len(value) > self.longest:
            raise ValueError(value[: self.longest])
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value


class CourseSlug(Slug):
    """The name of a course in an address: never one of the words that signed-in work stands under."""

    regex = f"(?!(?:{'|'.join(sorted(RESERVED_SLUGS))})/){Slug.regex}"


class _Number:
    digits = 2
    least, most = 1, 12

    def to_python(self, value: str) -> int:
        """The number; ValueError (not found) when there is no such year or month."""
        number = int(value)
        if not self.least <= number <= self.most:
            raise ValueError(value)
        return number

    def to_url(self, value: int) -> str:
        """With leading noughts."""
        return f"{value:0{self.digits}}"


class Year(_Number):
    """A year of four digits that the calendar has a next year for."""

    regex = "[0-9]{4}"
    digits = 4
    least, most = 1, 9998


class Month(_Number):
    """A month of two digits, 01 to 12."""

    regex = "[0-9]{2}"


class CertificateCode:
    """A certificate's code, as it is printed (DD-7KQ4-MDHX) or as somebody typed it: the view puts it right."""

    regex = "[A-Za-z0-9][A-Za-z0-9 -]{3,38}"

    def to_python(self, value: str) -> str:
        """As it stands."""
        return value

    def to_url(self, value: str) -> str:
        """As it stands."""
        return value
