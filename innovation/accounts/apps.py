from importlib import import_module

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "innovation.accounts"

    def ready(self) -> None:
        from innovation.accounts import (
            child_data_warnings,
            credentials,
            evidence,
            navigation,
            retention,
            security_log,
            wording,
        )

        # Importing it registers the authentication scheme with drf-spectacular.
        import_module("innovation.accounts.openapi")
        credentials.connect()
        child_data_warnings.register()
        evidence.register()
        navigation.register()
        retention.register()
        security_log.connect()
        wording.register()
