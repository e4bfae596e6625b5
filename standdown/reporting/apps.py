from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "standdown.reporting"
    label = "reporting"

    def ready(self) -> None:
        """Bring in the rules of this part, and have the worker release what has settled."""
        from standdown.notifications import hooks
        from standdown.reporting import jobs
        from standdown.reporting import permissions as _permissions

        _ = _permissions
        hooks.EACH_MINUTE.append(jobs.release_next)
