from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

SLICES_WITH_RULES = (
    "defusing",
    "duty",
    "exercises",
    "exposures",
    "follow_up",
    "incidents",
    "programme",
    "referrals",
    "wishes",
)


class CareConfig(AppConfig):
    name = "standdown.care"
    label = "care"

    def ready(self) -> None:
        """Bring in the rules of this part, join in with what happens below, and ship the programmes."""
        from standdown.care import joining
        from standdown.care.programme import shipped

        for slice_ in SLICES_WITH_RULES:
            import_module(f"standdown.care.{slice_}.permissions")
        joining.join()
        post_migrate.connect(shipped.after_migrations, sender=self, dispatch_uid="standdown.care.shipped")
