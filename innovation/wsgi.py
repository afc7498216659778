"""The entry point gunicorn loads."""

import os

from django.core.wsgi import get_wsgi_application

from innovation.core import timeouts

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "innovation.settings")
timeouts.set_process_timeouts(timeouts.WEB)

application = get_wsgi_application()
