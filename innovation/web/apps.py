from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "innovation.web"

    def ready(self) -> None:
        from innovation.web import retention

        retention.register()
