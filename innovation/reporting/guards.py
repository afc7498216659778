"""Reports are copies: nothing of them is evidence."""

from innovation.reporting.models import Report

GUARDS = ()
EXCUSED = {Report: "a copy, built for one person and thrown away after a week"}
