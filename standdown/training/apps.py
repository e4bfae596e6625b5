from django.apps import AppConfig


class TrainingConfig(AppConfig):
    name = "standdown.training"
    label = "training"

    def ready(self) -> None:
        """Bring in the rules of this part, and join in with what happens in the parts below."""
        from standdown.training.attendance import permissions as _attendance
        from standdown.training.certificates import permissions as _certificates
        from standdown.training.courses import permissions as _courses
        from standdown.training.exchanges import permissions as _exchanges
        from standdown.training.feedback import permissions as _feedback
        from standdown.training.interest import permissions as _interest
        from standdown.training.mutual_aid import permissions as _mutual_aid
        from standdown.training.nominations import permissions as _nominations
        from standdown.training.sessions import permissions as _sessions
        from standdown.training.trainers import permissions as _trainers

        _ = (_attendance, _certificates, _courses, _exchanges, _feedback, _interest, _mutual_aid, _nominations)
        _ = (_sessions, _trainers)
