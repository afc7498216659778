from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "innovation.core"

    def ready(self) -> None:
        # Tasks belong to the Celery application, in web processes too.
        from innovation import celery as celery
        from innovation.core import retention

        retention.register()
