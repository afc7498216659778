from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "innovation.core"

    def ready(self) -> None:
        from innovation.core import retention

        retention.register()
