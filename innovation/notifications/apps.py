from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "innovation.notifications"

    def ready(self) -> None:
        from innovation.audit import presenters

        # `failures` connects the receiver that keeps failing jobs.
        from innovation.notifications import events, failures, navigation, retention  # noqa: F401

        presenters.register_silence(events.NotificationsEvent)
        navigation.register()
        retention.register()
