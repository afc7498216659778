"""The same service with nothing but the bare views: no middleware at all."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation.settings")
django.setup()
# Only now: some apps refuse to start where their middleware is missing.
settings.MIDDLEWARE = []
settings.ROOT_URLCONF = "tests.benchmarks.bare"

application = WSGIHandler()
