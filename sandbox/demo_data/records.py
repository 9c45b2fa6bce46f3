"""The kinds of demo records; amounts are in öre, HSA-IDs and numbers are text."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID


@dataclass(frozen=True)
class Address:
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True)
class Principal:
    """Who is responsible by law for offering care (Swedish: huvudman).

    Source: G-10
    """

    hsa_id: str
    name: str
    organisation_number: str
    kind: str  # region, municipality
    federation: str  # kommunalförbund; empty for the region. Source: G-11


@dataclass(frozen=True)
class Provider:
    """Who runs care units (Swedish: vårdgivare): a principal itself, or a company it engages.

    Source: O-1
    """

    hsa_id: str
    name: str
    organisation_number: str
    principal: str  # HSA-ID
    engaged_from: date
    engaged_until: date | None  # the last day


@dataclass(frozen=True)
class Unit:
    """A care unit (Swedish: vårdenhet), or a unit of the supply administration."""

    hsa_id: str
    key: str  # what this data calls it, such as "habilitation/Borås"
    name: str
    provider: str  # HSA-ID
    principal: str  # HSA-ID
    municipality: str  # where it lies
    address: Address
    legal_area: str  # health_care (HSL), social_services (SoL), supply


@dataclass(frozen=True)
class Agreement:
    """What regulates the supply (Swedish: samarbetsavtal, avtal, överenskommelse).

    Source: G-1, G-3
    """

    code: str
    name: str
    suppliers: tuple[str, ...]  # HMC, LMN
    product_areas: tuple[str, ...]
    supply_forms: tuple[str, ...]  # rent, purchase
    uses: tuple[str, ...]  # personal, basic_equipment
    legal_areas: tuple[str, ...]


@dataclass(frozen=True)
class Membership:
    """A principal takes part in an agreement, from one day to another.

    Source: X-18
    """

    agreement: str
    principal: str  # HSA-ID
    starts: date
    ends: date | None  # the last day


@dataclass(frozen=True)
class Customer:
    """A customer number (Swedish: kundnummer) of a unit at one supplier.

    Source: O-4, O-5, O-29, O-33
    """

    number: str
    kind: str  # unit, personal_social_services, basic_equipment
    supplier: str  # HMC, LMN
    unit: str  # HSA-ID
    agreements: tuple[str, ...]


@dataclass(frozen=True)
class Store:
    """A buffer store (Swedish: buffertförråd) and the customer numbers linked to it.

    Source: O-84, O-85
    """

    number: str
    name: str
    unit: str  # HSA-ID of the unit that keeps it
    customers: tuple[str, ...]
    automatic_replenishment: bool


@dataclass(frozen=True)
class Commission:
    """What a person does at a unit (Swedish: medarbetaruppdrag)."""

    hsa_id: str
    purpose: str
    unit: str  # HSA-ID
    role: str


@dataclass(frozen=True)
class Person:
    """Somebody who works with devices, and may log in."""

    hsa_id: str
    given_name: str
    family_name: str
    email: str
    telephone: str
    title: str
    commissions: tuple[Commission, ...]


@dataclass(frozen=True)
class Permission:
    """A granted permission to order (Swedish: behörighet).

    Source: P-2, P-3, P-4, P-5
    """

    case_number: str
    person: str  # HSA-ID
    unit: str  # HSA-ID
    type: str  # orderer_to_unit, orderer_health_care, orderer_social_services
    starts: date
    ends: date | None  # the last day


@dataclass(frozen=True)
class Article:
    """What can be ordered (Swedish: artikel).

    Source: O-54, O-55, O-56, O-57
    """

    number: str
    name: str
    iso_code: str  # of ISO 9999, "12 22 03"
    iso_label: str
    product_area: str
    supplier: str  # HMC, LMN
    manufacturer: str
    kind: str  # main_device, accessory, spare_part, service
    supply_form: str  # rent, purchase
    price: int  # öre: of a month when rented
    purchase_price: int  # öre; 0 for a service
    individually_marked: bool  # Source: U-21
    status: str  # active, outgoing, ended, discontinued
    delivery_class: str  # within_7, within_17, over_17 working days
    fits: str | None  # the article number that it belongs to


@dataclass(frozen=True)
class Patient:
    """Somebody who gets devices (Swedish: patient, brukare); nobody real."""

    id: UUID
    personal_identity_number: str  # twelve digits
    given_name: str
    family_name: str
    address: Address
    municipality: str
    telephone: str
    protected: bool  # skyddade personuppgifter


@dataclass(frozen=True)
class Device:
    """A device that is marked one by one; in stock, or with a patient of a customer number."""

    individual_number: str
    article_number: str
    customer: Customer | None
    patient: UUID | None


@dataclass(frozen=True)
class Notice:
    """A dated message to all who use Rampen (Swedish: meddelande)."""

    notice_id: UUID
    kind: str
    title: str
    text: str
    english_title: str
    english_text: str
    valid_from: date
    written_by: str  # HSA-ID
    written_at: datetime
    version: int = 1
    valid_until: date | None = None
    roles: tuple[str, ...] = ()
    is_withdrawn: bool = False


@dataclass(frozen=True)
class Completion:
    """A person has completed a course."""

    hsa_id: str
    course: str
    day: date


@dataclass(frozen=True)
class Occasion:
    """A course at a place, so long after the day when it is loaded."""

    course: str
    place: str
    ahead: timedelta
    seats: int
    smallest_number: int
