"""All report types. To add one, write a class in a new file here."""

from importlib import import_module
from pkgutil import iter_modules

from innovation.accounts.page_access import permission_required
from innovation.accounts.permissions import Visitor
from innovation.reporting.report_types.definition import ReportType

for _module in iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")
REPORT_TYPES = {
    report_type.name: report_type() for report_type in ReportType.__subclasses__()
}
# Each type's first permission opens the pages; the type checks the others.
READERS = permission_required(
    *dict.fromkeys(report_type.permissions[0] for report_type in REPORT_TYPES.values())
)


def allowed_types(user: Visitor) -> list[ReportType]:
    return [
        report_type
        for report_type in REPORT_TYPES.values()
        if report_type.is_allowed(user)
    ]
