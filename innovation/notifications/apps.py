from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "innovation.notifications"

    def ready(self) -> None:
        from innovation.audit import presenters
        from innovation.notifications import events, failures, navigation, retention

        failures.connect()
        presenters.silent_events.register(*events.NotificationsEvent)
        navigation.register()
        retention.register()
