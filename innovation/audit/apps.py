from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "innovation.audit"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.audit.event_names import LogEvent

        presenters.silent_events.register(*LogEvent)
