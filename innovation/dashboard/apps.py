from django.apps import AppConfig


class DashboardConfig(AppConfig):
    name = "innovation.dashboard"

    def ready(self) -> None:
        from innovation.dashboard import navigation

        navigation.register()
