from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "standdown.training"
    label = "training"

    def ready(self) -> None:
        """Bring in the rules of this part."""
        from standdown.training.courses import permissions as _courses
        from standdown.training.sessions import permissions as _sessions

        _ = (_courses, _sessions)
