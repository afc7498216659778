"""The service: composition above the two domains, platform below them."""

from innovation.celery import app as celery_app

__all__ = ["celery_app"]
