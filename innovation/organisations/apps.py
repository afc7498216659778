from importlib import import_module

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "innovation.organisations"

    def ready(self) -> None:
        import_module("innovation.organisations.evidence").register()
        silent = import_module("innovation.organisations.events").OrganisationsEvent
        import_module("innovation.audit.presenters").register_silence(silent)
