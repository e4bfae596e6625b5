from importlib import import_module

from django.apps import AppConfig

SLICES_WITH_RULES = (
    "attendance",
    "certificates",
    "courses",
    "exchanges",
    "feedback",
    "interest",
    "mutual_aid",
    "nominations",
    "sessions",
    "trainers",
)


class TrainingConfig(AppConfig):
    name = "standdown.training"
    label = "training"

    def ready(self) -> None:
        """Bring in the rules of this part, and join in with what happens in the parts below."""
        from standdown.training import joining

        for slice_ in SLICES_WITH_RULES:
            import_module(f"standdown.training.{slice_}.permissions")
        joining.join()
