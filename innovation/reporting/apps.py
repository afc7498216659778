from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "innovation.reporting"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.reporting import navigation
        from innovation.reporting.events import ReportingEvent

        navigation.register()
        presenters.silent_events.register(*ReportingEvent)
