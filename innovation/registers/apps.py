from django.apps import AppConfig


class RegistersConfig(AppConfig):
    name = "innovation.registers"

    def ready(self) -> None:
        from innovation.registers import evidence, navigation, wording

        evidence.register()
        navigation.register()
        wording.register()
