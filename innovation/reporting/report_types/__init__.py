"""Every report there is. To add one, write a class in a file of its own here."""

from importlib import import_module
from pkgutil import iter_modules

from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import Visitor
from innovation.reporting.report_types.definition import ReportType

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
REPORT_TYPES = {each.name: each() for each in ReportType.__subclasses__()}
# Each type's first permission opens the pages; the type asks for the others.
READERS = permission_required(
    *dict.fromkeys(each.permissions[0] for each in REPORT_TYPES.values())
)


def allowed_types(user: Visitor) -> list[ReportType]:
    return [each for each in REPORT_TYPES.values() if each.is_allowed(user)]
