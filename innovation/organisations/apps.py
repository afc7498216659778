from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    name = "innovation.organisations"

    def ready(self) -> None:
        from innovation.organisations import evidence, wording

        evidence.register()
        wording.register()
