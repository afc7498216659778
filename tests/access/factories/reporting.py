"""Reports."""

from innovation.accounts.models import User
from innovation.reporting import report_builder, reports
from innovation.reporting.models import Report
from innovation.reporting.report_types.cases import Cases
from innovation.reporting.report_types.definition import ReportType
from innovation.reporting.report_types.roles import RolesHeld
from tests.access.scenario import Factory, KeyPair, Scenario, keys
from tests.dates import MOMENT
from tests.factories import users


def _reports(stage: Scenario, user: User) -> KeyPair:
    """An administrator's is of roles, and everybody else's of cases."""
    kind: ReportType = RolesHeld() if RolesHeld().is_allowed(user) else Cases()
    mine = user if kind.is_allowed(user) else users.grant_manager()
    makers = (kind, mine), (Cases(), users.official())
    return keys(
        *(reports.ask(of, params={}, by=maker, at=MOMENT) for of, maker in makers)
    )


def _built_reports(stage: Scenario, user: User) -> KeyPair:
    reports = _reports(stage, user)
    for report in Report.objects.filter(key__in=reports):
        report_builder.build(report.pk)
    return reports


PERSONAL: dict[str, Factory] = {
    "built report": _built_reports,
    "report": _reports,
}
