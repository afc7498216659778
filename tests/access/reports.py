"""Reports. Each is only for whoever asked for it."""

from innovation.accounts.models import User
from innovation.reporting import report_builder
from innovation.reporting import reports as domain
from innovation.reporting.models import Report
from innovation.reporting.report_types.cases import Cases
from innovation.reporting.report_types.definition import ReportType
from innovation.reporting.report_types.roles import RolesHeld
from tests.access.scenario import KeyPair, Scenario, key_pair_of
from tests.dates import MOMENT
from tests.factories import users


def reports(stage: Scenario, user: User) -> KeyPair:
    """An administrator's is of roles, and everybody else's of cases."""
    kind: ReportType = RolesHeld() if RolesHeld().is_allowed(user) else Cases()
    mine = user if kind.is_allowed(user) else users.grant_manager()
    makers = (kind, mine), (Cases(), users.official())
    return key_pair_of(
        *(domain.ask(of, params={}, by=maker, at=MOMENT) for of, maker in makers)
    )


def built_reports(stage: Scenario, user: User) -> KeyPair:
    keys = reports(stage, user)
    for report in Report.objects.filter(key__in=keys):
        report_builder.build(report.pk)
    return keys
