"""The project package: settings, URLs and the apps around `bids` and `funding`.

It imports nothing, so that the sandbox starts without Django and Celery.
"""
