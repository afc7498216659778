from django.apps import AppConfig


class ReportingConfig(AppConfig):
    name = "innovation.reporting"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.reporting import demonstration, navigation
        from innovation.reporting.events import ReportingEvent

        demonstration.register()
        navigation.register()
        presenters.silent_events.register(*ReportingEvent)
