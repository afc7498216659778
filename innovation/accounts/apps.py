from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "innovation.accounts"

    def ready(self) -> None:
        import_module("innovation.accounts.openapi")
        import_module("innovation.accounts.security_log").connect()
        import_module("innovation.accounts.evidence").register()
        silent = import_module("innovation.accounts.events").AccountsEvent
        import_module("innovation.audit.presenters").register_silence(silent)
        import_module("innovation.accounts.credentials")
        record = import_module("innovation.accounts.child_data_warnings").record_warning
        import_module("innovation.web.child_data_warnings").register_listener(record)
