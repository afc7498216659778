from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "innovation.accounts"

    def ready(self) -> None:
        import_module("innovation.accounts.openapi")
        import_module("innovation.accounts.security_log").connect()
        import_module("innovation.accounts.evidence").register()
        import_module("innovation.accounts.credentials")
        keep = import_module("innovation.accounts.warned").keep
        import_module("innovation.web.warned").listen(keep)
