from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "innovation.accounts"

    def ready(self) -> None:
        from innovation.accounts import (
            child_data_warnings,
            credentials,
            events,
            evidence,
            navigation,
            retention,
            security_log,
        )
        from innovation.audit import presenters

        # Importing it registers the authentication scheme with drf-spectacular.
        import_module("innovation.accounts.openapi")
        credentials.connect()
        child_data_warnings.register()
        evidence.register()
        navigation.register()
        retention.register()
        presenters.silent_events.register(*events.AccountsEvent)
        security_log.connect()
