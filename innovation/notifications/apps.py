from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "innovation.notifications"

    def ready(self) -> None:
        # Connects the hook that keeps failing jobs.
        from innovation.notifications import failures  # noqa: F401
