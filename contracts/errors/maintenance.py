"""Refusals that maintenance (Swedish: underhåll) gives."""

from contracts.errors.base import Conflict, Forbidden, Invalid, Refusal, Text

INDIVIDUAL_NUMBER_WRONG = Refusal(
    "maintenance.individual_number.wrong",
    Invalid,
    sv=Text(
        "Individnumret har inte rätt form.",
        "Läs av märkningen på hjälpmedlet: 5 till 10 siffror, ibland med upp till tre bokstäver "
        "först.",
    ),
    en=Text(
        "The individual number does not have the right form.",
        "Read the mark on the device: 5 to 10 digits, sometimes with up to three letters first.",
    ),
    rule="U-5",
)
ACUTE_NOT_BASIC_NEED = Refusal(
    "maintenance.acute.not_basic_need",
    Conflict,
    sv=Text(
        "Akut avhjälpande underhåll gäller bara grundläggande behov: äta och dricka, toalettbesök "
        "och förflyttning till och från säng, risk för vårdskada, och kommunikation för dessa.",
        "Beställ vanligt avhjälpande underhåll i stället.",
    ),
    en=Text(
        "Acute corrective maintenance is for basic needs only: to eat and drink, toilet and bed "
        "transfer, risk of care injury, and communication for these.",
        "Order ordinary corrective maintenance instead.",
    ),
    rule="M-2",
)
ACUTE_NOT_BY_PRESCRIBER = Refusal(
    "maintenance.acute.not_by_prescriber",
    Forbidden,
    sv=Text(
        "Akut avhjälpande underhåll beställs av en förskrivare.",
        "Be patientens förskrivare beställa det, eller beställ vanligt avhjälpande underhåll.",
    ),
    en=Text(
        "Acute corrective maintenance is ordered by a prescriber.",
        "Ask the patient's prescriber to order it, or order ordinary corrective maintenance.",
    ),
    rule="M-2",
)
UNIT_NOT_YOURS = Refusal(
    "maintenance.unit.not_yours",
    Forbidden,
    sv=Text(
        "Bara Hjälpmedelscentralen registrerar åt andra.",
        "Lämna enhet, förskrivare och tidpunkt tomma: ordern gäller då din egen enhet från och "
        "med nu.",
    ),
    en=Text(
        "Only the supply centre registers for others.",
        "Leave unit, prescriber and time empty: the order is then your own unit's, from now on.",
    ),
    rule="P-2",
)
ORDERER_MISSING = Refusal(
    "maintenance.orderer.missing",
    Invalid,
    sv=Text(
        "Det framgår inte vem arbetsordern registreras åt.",
        "Ange både enhetens och förskrivarens HSA-id.",
    ),
    en=Text(
        "It is not stated for whom the work order is registered.",
        "State the HSA-IDs of both the unit and the prescriber.",
    ),
    rule="U-5",
)
WORK_STATE = Refusal(
    "maintenance.work.state",
    Conflict,
    sv=Text(
        "Arbetsorder {work_order_number} är {state} och kan inte ändras så.",
        "Hämta arbetsordern på nytt. Behövs mer arbete registreras en ny.",
    ),
    en=Text(
        "Work order {work_order_number} is {state} and cannot be changed in this way.",
        "Fetch the work order again. If more work is needed, register a new one.",
    ),
    rule="U-4",
)
TIME_IN_FUTURE = Refusal(
    "maintenance.time.future",
    Invalid,
    sv=Text(
        "Tidpunkten har inte varit än.",
        "Ange när det hände, eller lämna tidpunkten tom om det hände nu.",
    ),
    en=Text(
        "The time has not been yet.",
        "State when it happened, or leave the time empty if it happened now.",
    ),
    rule="M-1",
)
TIME_BEFORE_LAST = Refusal(
    "maintenance.time.before_last",
    Conflict,
    sv=Text(
        "Tidpunkten ligger före det senaste som hände med arbetsordern, {last}.",
        "Ange en tidpunkt därefter: slutet kommer inte före början.",
    ),
    en=Text(
        "The time lies before the latest that happened to the work order, {last}.",
        "State a time after that: the end does not come before the beginning.",
    ),
    rule="M-1",
)
TIME_TOO_OLD = Refusal(
    "maintenance.time.too_old",
    Invalid,
    sv=Text(
        "Tidpunkten ligger mer än {days} dagar tillbaka.",
        "Kontrollera årtalet.",
    ),
    en=Text("The time lies more than {days} days back.", "Check the year."),
    rule="M-1",
)
ADAPTATION_BY_PRESCRIBER = Refusal(
    "maintenance.adaptation.by_prescriber",
    Conflict,
    sv=Text(
        "En specialanpassning beställs av förskrivaren, med instruktion och en första funktionell "
        "riskanalys.",
        "Beställ den under Specialanpassningar: arbetsordern kommer hit av sig själv.",
    ),
    en=Text(
        "A custom adaptation is ordered by the prescriber, with an instruction and a first "
        "functional risk analysis.",
        "Order it under Custom adaptations: the work order comes here by itself.",
    ),
    rule="U-10",
)
ADAPTATION_BEGUN = Refusal(
    "maintenance.adaptation.begun",
    Conflict,
    sv=Text(
        "Arbetet med anpassningen på arbetsorder {work_order_number} har börjat: hjälpmedlet är "
        "ändrat och får inte tas i bruk utan underskrift.",
        "Gör klart arbetet, även om det är att återställa hjälpmedlet, och skicka "
        "anpassningshandlingen för underskrift.",
    ),
    en=Text(
        "Work on the adaptation of work order {work_order_number} has begun: the device is altered "
        "and may not be taken into use without a signature.",
        "Finish the work, even if that is to restore the device, and send the adaptation document "
        "for signing.",
    ),
    rule="S-1",
)
DEVICE_BLOCKED = Refusal(
    "maintenance.device.blocked",
    Conflict,
    sv=Text(
        "Hjälpmedlet {individual_number} har en specialanpassning som inte är underskriven, och "
        "får inte lämnas ut.",
        "Skicka anpassningshandlingen för underskrift; när förskrivaren har skrivit under går "
        "hjälpmedlet att lämna ut.",
    ),
    en=Text(
        "Device {individual_number} has a custom adaptation that is not signed, and may not be "
        "handed out.",
        "Send the adaptation document for signing; once the prescriber has signed, the device can "
        "be handed out.",
    ),
    rule="S-1",
)
