"""The project package: settings, URLs and the apps around `bids` and `funding`."""

from innovation.celery import app as celery_app

__all__ = ["celery_app"]
