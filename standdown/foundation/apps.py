from django.apps import AppConfig

from standdown.foundation import db


class FoundationConfig(AppConfig):
    name = "standdown.foundation"
    label = "foundation"

    def ready(self) -> None:
        """Watch every connection: a write to our own tables outside `act()` is refused."""
        db.watch_connections()
