"""Refusals that booking (Swedish: bokning) gives."""

from contracts.errors.base import Conflict, Invalid, NotFound, Refusal, Text

WORK_ORDER_NOT_OPEN = Refusal(
    "booking.work_order.not_open",
    Conflict,
    sv=Text(
        "Arbetsorder {work_order_number} är inte öppen för bokning av den här konsultationen.",
        "Kontrollera numret. Har den stängts registrerar du en ny konsultation.",
    ),
    en=Text(
        "Work order {work_order_number} is not open for booking this consultation.",
        "Check the number. If it has been closed, register a new consultation.",
    ),
    rule="B-9",
)
ACTIVITY_CLOSED = Refusal(
    "booking.activity.closed",
    Conflict,
    sv=Text(
        "Aktiviteten är avslutad eftersom ingen tid bokades inom {window}.",
        "Öppna den igen om behovet finns kvar.",
    ),
    en=Text(
        "The activity was closed because no time was booked within its window: {window}.",
        "Open it again if the need remains.",
    ),
    rule="B-6",
)
ACTIVITY_NOT_CLOSED = Refusal(
    "booking.activity.not_closed",
    Conflict,
    sv=Text("Aktiviteten är inte avslutad.", "Boka en tid för den som den är."),
    en=Text("The activity is not closed.", "Book a time for it as it is."),
    rule="B-6",
)
ACTIVITY_BOOKED = Refusal(
    "booking.activity.booked",
    Conflict,
    sv=Text(
        "Konsultationen har redan en bokad tid.",
        "Avboka den först om du vill ha en annan tid.",
    ),
    en=Text(
        "The consultation already has a booked time.",
        "Cancel it first if you want another time.",
    ),
    rule="B-12",
)
ACTIVITY_STATE = Refusal(
    "booking.activity.state",
    Conflict,
    sv=Text("Aktiviteten är {state} och kan inte ändras så.", "Hämta aktiviteten på nytt."),
    en=Text("The activity is {state} and cannot be changed so.", "Fetch the activity again."),
    rule="B-6",
)
SLOT_TAKEN = Refusal(
    "booking.slot.taken",
    Conflict,
    sv=Text("Tiden hann bli upptagen.", "Välj en annan av de lediga tiderna."),
    en=Text("The time has just been taken.", "Choose another of the free times."),
    rule="B-9",
)
SLOT_IN_THE_PAST = Refusal(
    "booking.slot.past",
    Conflict,
    sv=Text("Tiden har redan varit.", "Välj en tid som kommer."),
    en=Text("The time has already been.", "Choose a time to come."),
    rule="B-9",
)
SLOT_NOT_OPEN = Refusal(
    "booking.slot.not_open",
    Conflict,
    sv=Text("Tiden går inte att boka.", "Välj en av de lediga tiderna."),
    en=Text("The time is not open to booking.", "Choose one of the free times."),
    rule="B-13",
)
TOO_MANY_HOLDS = Refusal(
    "booking.hold.too_many",
    Conflict,
    sv=Text(
        "Du kan hålla högst {limit} tider åt gången.",
        "Boka eller släpp en av dem först. De släpps också av sig själva om en stund.",
    ),
    en=Text(
        "You can hold at most {limit} times at once.",
        "Book or release one of them first. They are also let go by themselves in a while.",
    ),
    rule="B-9",
)
HELD_LONG_ENOUGH = Refusal(
    "booking.hold.extended_enough",
    Conflict,
    sv=Text(
        "Tiden har redan hållits längre {limit} gånger.",
        "Boka den nu. Den släpps av sig själv om en stund.",
    ),
    en=Text(
        "The time has already been held longer {limit} times.",
        "Book it now. It is let go by itself in a while.",
    ),
    rule="B-9",
)
HOLD_EXPIRED = Refusal(
    "booking.hold.expired",
    Conflict,
    sv=Text("Tiden hölls inte längre åt dig.", "Välj tiden på nytt om den är ledig."),
    en=Text("The time was no longer held for you.", "Choose the time again if it is free."),
    rule="B-9",
)
TELEPHONE_WRONG = Refusal(
    "booking.telephone.wrong",
    Invalid,
    sv=Text(
        "Telefonnumret går inte att ringa.",
        "Ange ett nummer du nås på, till exempel 070-174 06 05 eller +46 70 174 06 05.",
    ),
    en=Text(
        "The telephone number cannot be called.",
        "State a number you can be reached on, such as 070-174 06 05 or +46 70 174 06 05.",
    ),
    rule="B-9",
)
PLACE_UNKNOWN = Refusal(
    "booking.place.unknown",
    NotFound,
    sv=Text("Orten finns inte.", "Välj en av orterna i listan."),
    en=Text("There is no such place.", "Choose one of the places listed."),
    rule="B-8",
)
SERVICE_PRODUCT_UNKNOWN = Refusal(
    "booking.service_product.unknown",
    NotFound,
    sv=Text("Tjänsteprodukten finns inte på orten.", "Välj en av tjänsteprodukterna i listan."),
    en=Text("The place has no such service product.", "Choose one of the service products listed."),
    rule="B-8",
)
CONSULTANT_UNKNOWN = Refusal(
    "booking.consultant.unknown",
    NotFound,
    sv=Text(
        "Konsulenten tar inte emot den tjänsteprodukten på orten.",
        "Välj en av konsulenterna i listan, eller första lediga.",
    ),
    en=Text(
        "The consultant does not take that service product at the place.",
        "Choose one of the consultants listed, or the first free.",
    ),
    rule="B-10",
)
REBOOKED_ENOUGH = Refusal(
    "booking.booking.rebooked_enough",
    Conflict,
    sv=Text(
        "Tiden har redan ombokats {limit} gånger.",
        "Avboka den och boka en ny, eller ring Kundtjänst.",
    ),
    en=Text(
        "The time has already been moved {limit} times.",
        "Cancel it and book another, or telephone customer service.",
    ),
    rule="B-12",
)
VISIT_APART = Refusal(
    "booking.visit.apart",
    Conflict,
    sv=Text(
        "De två tiderna är inte ett besök: de ska vara på samma ort, hos samma konsulent och"
        " direkt efter varandra.",
        "Välj en tid där båda arbetsordrarna ryms, eller boka dem var för sig.",
    ),
    en=Text(
        "The two times are not one visit: they must be at the same place, with the same consultant"
        " and one right after the other.",
        "Choose a time that is long enough for both work orders, or book them apart.",
    ),
    rule="B-14",
)
VISIT_OF_ONE = Refusal(
    "booking.visit.of_one",
    Conflict,
    sv=Text(
        "Ett samordnat besök gäller två olika arbetsordrar.",
        "Ange en annan arbetsorder, eller boka den här för sig.",
    ),
    en=Text(
        "A visit for two concerns two different work orders.",
        "State another work order, or book this one by itself.",
    ),
    rule="B-14",
)
VISIT_TO_COME = Refusal(
    "booking.visit.to_come",
    Conflict,
    sv=Text(
        "Besöket har inte börjat än.", "Vänta tills det har varit, eller avboka eller omboka det."
    ),
    en=Text("The visit has not begun yet.", "Wait until it has been, or cancel or move it."),
    rule="B-9",
)
BOOKING_STATE = Refusal(
    "booking.booking.state",
    Conflict,
    sv=Text("Bokningen är {state} och kan inte ändras så.", "Hämta bokningen på nytt."),
    en=Text("The booking is {state} and cannot be changed so.", "Fetch the booking again."),
    rule="B-12",
)
