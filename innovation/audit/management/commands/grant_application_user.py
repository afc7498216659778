"""`manage.py grant_application_user innovation_app`, after each `migrate`."""

from argparse import ArgumentParser
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from innovation.audit import privileges


class Command(BaseCommand):
    help = "Give the application’s database user its rights, and no others."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("user", help="the database user that the application has")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            with transaction.atomic():
                privileges.grant(options["user"])
        except ImproperlyConfigured as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{options['user']} has the application’s rights.")
