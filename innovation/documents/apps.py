from importlib import import_module

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "innovation.documents"

    def ready(self) -> None:
        import_module("innovation.documents.evidence").register()
