"""Refusals about consultants' calendars (Swedish: kalendrar), and what may be wrong with one.

Those named FEED_… are kept with a calendar that could not be read, and shown with it.
"""

from contracts.errors.base import Conflict, Forbidden, Invalid, Refusal, Text

RULE = "B-16"

NOT_A_CONSULTANT = Refusal(
    "booking.consultant.not_linked",
    Forbidden,
    sv=Text(
        "Du är inte kopplad till någon konsulent i bokningssystemet.",
        "Be Kundtjänst att koppla dig.",
    ),
    en=Text(
        "You are not linked to any consultant in the booking system.",
        "Ask customer service to link you.",
    ),
    rule=RULE,
)
CONSULTANT_LINKED = Refusal(
    "booking.consultant.linked",
    Conflict,
    sv=Text("Konsulenten är kopplad till någon annan.", "Kontrollera HSA-id och konsulent."),
    en=Text("The consultant is linked to somebody else.", "Check HSA-ID and consultant."),
    rule=RULE,
)
TOO_MANY_FEEDS = Refusal(
    "booking.feed.too_many",
    Conflict,
    sv=Text("Du har redan {limit} kalendrar som läses.", "Ta bort en av dem först."),
    en=Text("{limit} calendars of yours are read already.", "Remove one of them first."),
    rule=RULE,
)
FEED_ADDRESS = Refusal(
    "booking.feed.address",
    Invalid,
    sv=Text(
        "Adressen får inte läsas: den leder inte till en allmän webbplats.",
        "Ange den publicerade kalenderns adress, som börjar med https://.",
    ),
    en=Text(
        "The address may not be read: it does not lead to a public site.",
        "State the address of the published calendar, which begins with https://.",
    ),
    rule=RULE,
)
FEED_SILENT = Refusal(
    "booking.feed.no_answer",
    Invalid,
    sv=Text("Kalendern svarade inte i tid.", "Vi försöker igen. Kontrollera annars adressen."),
    en=Text("The calendar did not answer in time.", "We try again. Else check the address."),
    rule=RULE,
)
FEED_REFUSED = Refusal(
    "booking.feed.refused",
    Invalid,
    sv=Text("Kalendern lämnas inte ut på adressen.", "Publicera kalendern på nytt i Outlook."),
    en=Text("The address does not give the calendar.", "Publish the calendar anew in Outlook."),
    rule=RULE,
)
FEED_NO_CALENDAR = Refusal(
    "booking.feed.no_calendar",
    Invalid,
    sv=Text(
        "Det som finns på adressen är ingen iCalendar-kalender.",
        "Välj ICS-länken, inte HTML-länken, när du publicerar.",
    ),
    en=Text(
        "What is at the address is no iCalendar calendar.",
        "Choose the ICS link, not the HTML link, when you publish.",
    ),
    rule=RULE,
)
FEED_TOO_LARGE = Refusal(
    "booking.feed.too_large",
    Invalid,
    sv=Text("Kalendern är för stor för att läsas.", "Publicera en kortare tid eller rensa den."),
    en=Text("The calendar is too large to be read.", "Publish a shorter time, or tidy it up."),
    rule=RULE,
)
FEED_TOO_MANY = Refusal(
    "booking.feed.too_many_times",
    Invalid,
    sv=Text(
        "Kalendern har händelser som upprepas för tätt eller är för många.",
        "Ta bort den upprepade händelsen.",
    ),
    en=Text(
        "The calendar has events that recur too often, or too many of them.",
        "Remove the recurring event.",
    ),
    rule=RULE,
)
FEED_NOT_TAKEN = Refusal(
    "booking.feed.not_taken",
    Invalid,
    sv=Text(
        "Bokningssystemet tog inte emot de upptagna tiderna.",
        "Vi försöker igen. De tidigare tiderna gäller så länge.",
    ),
    en=Text(
        "The booking system did not take the busy times.",
        "We try again. The earlier times hold until then.",
    ),
    rule=RULE,
)
