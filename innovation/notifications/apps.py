from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "innovation.notifications"
