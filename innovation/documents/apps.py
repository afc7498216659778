from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "innovation.documents"

    def ready(self) -> None:
        from innovation.documents import evidence

        evidence.register()
