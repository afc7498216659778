from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "innovation.accounts"

    def ready(self) -> None:
        # `credentials` connects receivers, `openapi` adds to drf-spectacular.
        from innovation.accounts import (  # noqa: F401
            child_data_warnings,
            credentials,
            events,
            evidence,
            navigation,
            openapi,
            retention,
            security_log,
        )
        from innovation.audit import presenters

        child_data_warnings.register()
        evidence.register()
        navigation.register()
        retention.register()
        presenters.register_silence(events.AccountsEvent)
        security_log.connect()
