from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "innovation.reporting"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.reporting.events import ReportingEvent

        presenters.register_silence(ReportingEvent)
