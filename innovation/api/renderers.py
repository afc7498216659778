"""Writes the answers of the API as JSON."""

from datetime import datetime

from rest_framework.renderers import JSONRenderer
from rest_framework.utils.encoders import JSONEncoder

from innovation.core.formatting import format_utc


class _Encoder(JSONEncoder):
    def default(self, obj: object) -> object:
        return format_utc(obj) if isinstance(obj, datetime) else super().default(obj)


class ApiRenderer(JSONRenderer):
    """Every moment has the same shape, because it is written here and nowhere else:
    serializers leave it as it is (`DATETIME_FORMAT` in the settings).
    """

    encoder_class = _Encoder
