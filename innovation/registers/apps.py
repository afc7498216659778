from importlib import import_module

from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "innovation.registers"

    def ready(self) -> None:
        import_module("innovation.registers.evidence").register()
        import_module("innovation.registers.wording").register()
