"""The kinds of organisation that people work for, and their registers."""

from collections.abc import Sequence
from typing import NamedTuple


class Register(NamedTuple):
    scheme: str
    label: str
    hint: str


COMPANIES = Register(
    "GB-COH", "Companies House", "8 digits, or 2 letters and 6 digits, like SC123456"
)
CHARITIES = Register(
    "GB-CHC",
    "Charity Commission for England and Wales",
    "6 or 7 digits, like 1234567",
)
OSCR = Register("GB-SC", "Scottish Charity Register", "SC and 6 digits, like SC012345")
NORTHERN_IRELAND = Register(
    "GB-NIC",
    "Charity Commission for Northern Ireland",
    "NIC and 6 digits, like NIC101234",
)
MUTUALS = Register("GB-MPR", "Mutuals Public Register", "Like 31234R or IP031455")
NHS = Register("GB-NHS", "NHS organisation codes", "3 to 6 letters and digits")


class OrganisationKind(NamedTuple):
    """A kind of organisation. `number_optional`: some of them have no number."""

    slug: str
    label: str
    applicant_type: str
    registers: Sequence[Register]
    hint: str = ""
    number_optional: bool = False


ORGANISATION_KINDS = (
    OrganisationKind("council", "A council", "local_authority", ()),
    OrganisationKind(
        "trust",
        "A children’s services trust",
        "childrens_trust",
        (COMPANIES, CHARITIES),
        "One that runs services for one or more councils",
    ),
    OrganisationKind(
        "charity", "A charity", "charity", (CHARITIES, OSCR, NORTHERN_IRELAND)
    ),
    OrganisationKind("company", "A company", "company", (COMPANIES,)),
    OrganisationKind(
        "social-enterprise",
        "A social enterprise",
        "social_enterprise",
        (COMPANIES, MUTUALS, CHARITIES),
        "Such as a community interest company or a co-operative",
    ),
    OrganisationKind("nhs", "An NHS body", "nhs", (NHS,), number_optional=True),
    OrganisationKind(
        "public-body",
        "Another public body",
        "public_body",
        (COMPANIES, CHARITIES),
        number_optional=True,
    ),
)
