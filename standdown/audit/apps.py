from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "standdown.audit"
    label = "audit"

    def ready(self) -> None:
        """Bring in the rules of this part."""
        from standdown.audit import permissions as _permissions

        _ = _permissions
