from django.apps import AppConfig


class ContactConfig(AppConfig):
    name = "innovation.contact"

    def ready(self) -> None:
        from innovation.contact import navigation, retention

        navigation.register()
        retention.register()
