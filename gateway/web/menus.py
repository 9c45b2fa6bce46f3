"""What the menu leads to, by role: address and name."""

Menu = tuple[tuple[str, str], ...]

ARTICLES = (("/articles", "Artiklar"),)
ORDERING = (*ARTICLES, ("/orders", "Beställningar"))
CONSULTING = (("/consultations", "Konsultationer"),)
UPKEEP = (("/maintenance", "Underhåll"),)
DEVICES = (("/devices", "Hjälpmedel"),)
ADAPTING = (("/adaptations", "Anpassningar"),)
SIGNING = (("/signing", "Underskrifter"),)
NEWS = (("/notices", "Meddelanden"),)
LEARNING = (("/courses", "Utbildningar"),)
COURSES = (
    ("/courses", "Utbildningar"),
    ("/occasions", "Tillfällen"),
    ("/completions", "Genomförda"),
)
STAFFING = (("/staffing", "Bemanning"),)
EVALUATING = (("/evaluations", "Utvärdering"),)
ANSWERING = (("/questionnaires", "Utvärdering"),)
MENUS = {
    "prescriber": (
        *ORDERING,
        *CONSULTING,
        *DEVICES,
        *UPKEEP,
        *ADAPTING,
        *SIGNING,
        *LEARNING,
        *ANSWERING,
    ),
    "orderer": (*ORDERING, *CONSULTING, *UPKEEP, *LEARNING),
    "technician": (*UPKEEP, *DEVICES, *ADAPTING, *SIGNING),
    "customer_service": (
        *ARTICLES,
        *DEVICES,
        *UPKEEP,
        *SIGNING,
        *STAFFING,
        *EVALUATING,
        *LEARNING,
        *NEWS,
    ),
    "device_consultant": (
        ("/calendar", "Min kalender"),
        *STAFFING,
        *EVALUATING,
        *UPKEEP,
        *LEARNING,
    ),
    "product_consultant": (*STAFFING, *EVALUATING, *UPKEEP, *LEARNING),
    "training_admin": COURSES,
    "operator": (
        ("/operations", "Drift"),
        ("/reconciliations", "Avstämning"),
        *EVALUATING,
        *NEWS,
    ),
}
#: What has no entry of its own belongs to another's.
BELONGS = {
    "/work-orders": "/consultations",
    "/occasions": "/courses",
    "/enrolments": "/courses",
    "/bookings": "/questionnaires",
}
OTHERS = (*ARTICLES, *UPKEEP, *LEARNING)


def current(menu: Menu, path: str) -> str:
    """The address in `menu` that the page at `path` belongs to; nothing where there is none."""
    room = f"/{path.split('/')[1]}"
    addresses = {address for address, _name in menu}
    return next((one for one in (room, BELONGS.get(room)) if one in addresses), "")
