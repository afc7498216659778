"""Django's templates of the pages, and the Jinja templates of what a page repeats."""

from pathlib import Path

_FOLDER = Path(__file__).resolve().parents[2] / "templates"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [_FOLDER],
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "innovation.web.context.service_context",
                "innovation.registers.banner.service_notices",
            ],
            "builtins": ["innovation.web.templatetags.govuk"],
        },
    },
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "NAME": "jinja2",
        "DIRS": [_FOLDER / "jinja2"],
        "OPTIONS": {"environment": "innovation.jinja.environment"},
    },
]
