"""Refusals that ordering (Swedish: beställning) gives."""

from contracts.errors.base import Conflict, Forbidden, Invalid, NotFound, Refusal, Text

CUSTOMER_UNKNOWN = Refusal(
    "ordering.customer.unknown",
    NotFound,
    sv=Text(
        "Kundnumret finns inte.",
        "Kontrollera numret under Dina uppgifter. Saknar enheten kundnummer beställs det hos "
        "försörjningsförvaltningen.",
    ),
    en=Text(
        "There is no such customer number.",
        "Check the number under Your details. A unit without a customer number orders one from "
        "the supply administration.",
    ),
    rule="O-4",
)
UNIT_NOT_YOURS = Refusal(
    "ordering.unit.not_yours",
    Forbidden,
    sv=Text(
        "Du har inte behörighet att beställa för enheten med kundnummer {customer_number}.",
        "Välj ett kundnummer för din egen enhet, eller be enhetens chef ansöka om behörighet.",
    ),
    en=Text(
        "You have no permission to order for the unit with customer number {customer_number}.",
        "Choose a customer number of your own unit, or ask the unit's manager to apply for it.",
    ),
    rule="O-5",
)
UNIT_OUTSIDE_COOPERATION = Refusal(
    "ordering.unit.outside_cooperation",
    Forbidden,
    sv=Text(
        "Enheten omfattas inte av hjälpmedelssamarbetet och får därför inte beställa.",
        "Kontakta din huvudman om avtalet.",
    ),
    en=Text(
        "The unit is outside the cooperation and may therefore not order.",
        "Ask your principal about the agreement.",
    ),
    rule="O-2",
)
AGREEMENT_MISSING = Refusal(
    "ordering.agreement.missing",
    Forbidden,
    sv=Text(
        "Huvudmannen saknar gällande avtal för det som beställningen avser.",
        "Kontakta huvudmannens kontaktperson för hjälpmedelsavtalen.",
    ),
    en=Text(
        "The principal has no agreement in force for what is ordered.",
        "Ask the principal's contact for the device agreements.",
    ),
    rule="G-1",
)
PERMISSION_TYPE = Refusal(
    "ordering.permission.type",
    Forbidden,
    sv=Text(
        "Din behörighet gäller beställning till enhet, inte till en patient.",
        "Be enhetens chef ansöka om behörighet att beställa personliga hjälpmedel.",
    ),
    en=Text(
        "Your permission covers orders to a unit, not to a patient.",
        "Ask the unit's manager to apply for permission to order personal devices.",
    ),
    rule="P-2",
)
PERSONAL_IDENTITY_NUMBER_WRONG = Refusal(
    "ordering.personal_identity_number.wrong",
    Invalid,
    sv=Text(
        "Personnumret är inte ett riktigt personnummer eller samordningsnummer.",
        "Kontrollera siffrorna: ÅÅÅÅMMDD-NNNN.",
    ),
    en=Text(
        "The personal identity number is not a valid one.",
        "Check the digits: YYYYMMDD-NNNN.",
    ),
    rule="O-18",
)
PATIENT_UNKNOWN = Refusal(
    "ordering.patient.unknown",
    NotFound,
    sv=Text(
        "Det finns ingen patient registrerad med det personnumret.",
        "Kontrollera numret. Är patienten ny registreras hen först på individkortet.",
    ),
    en=Text(
        "No patient is registered under that number.",
        "Check the number. A new patient is first registered on the individual card.",
    ),
    rule="O-18",
)
STORE_UNKNOWN = Refusal(
    "ordering.store.unknown",
    NotFound,
    sv=Text(
        "Förrådet {store_number} finns inte på enheten.",
        "Välj ett av enhetens buffertförråd.",
    ),
    en=Text(
        "The unit has no store {store_number}.",
        "Choose one of the unit's buffer stores.",
    ),
    rule="O-18",
)
ARTICLE_UNKNOWN = Refusal(
    "ordering.article.unknown",
    NotFound,
    sv=Text("Artikel {article_number} finns inte.", "Sök artikeln i varukatalogen."),
    en=Text("There is no article {article_number}.", "Look the article up in the catalogue."),
    rule="O-19",
)
ARTICLE_ENDED = Refusal(
    "ordering.article.ended",
    Conflict,
    sv=Text(
        "Artikel {article_number} har utgått och kan inte beställas.",
        "Välj en artikel ur aktuellt sortiment i samma produktområde.",
    ),
    en=Text(
        "Article {article_number} has ended and cannot be ordered.",
        "Choose an article of the current assortment in the same product area.",
    ),
    rule="O-56",
)
ARTICLE_NOT_OF_SUPPLIER = Refusal(
    "ordering.article.not_of_supplier",
    Conflict,
    sv=Text(
        "Artikel {article_number} levereras inte av den försörjare som kundnumret gäller.",
        "Beställ den med enhetens kundnummer hos artikelns försörjare.",
    ),
    en=Text(
        "Article {article_number} is not supplied by the supplier of this customer number.",
        "Order it with the unit's customer number at the article's supplier.",
    ),
    rule="O-4",
)
ORDER_STATE = Refusal(
    "ordering.order.state",
    Conflict,
    sv=Text("Beställningen är {state} och kan inte ändras så.", "Hämta beställningen på nytt."),
    en=Text("The order is {state} and cannot be changed in this way.", "Fetch the order again."),
    rule="O-18",
)
WORK_ORDER_STATE = Refusal(
    "ordering.work_order.state",
    Conflict,
    sv=Text(
        "Arbetsorder {work_order_number} är {state}.",
        "Registrera en ny konsultation om behovet finns kvar.",
    ),
    en=Text(
        "Work order {work_order_number} is {state}.",
        "Register a new consultation if the need remains.",
    ),
    rule="B-6",
)
CONSULTATION_ACUTE = Refusal(
    "ordering.consultation.acute",
    Conflict,
    sv=Text(
        "Akuta ärenden bokas inte på webben.",
        "Ring Kundtjänst på {telephone}, helgfria vardagar {opening_hours}.",
    ),
    en=Text(
        "Acute cases are not booked on the web.",
        "Call customer service on {telephone}, working days {opening_hours}.",
    ),
    rule="B-4",
)
CONSULTATION_NOT_OF_SUPPLIER = Refusal(
    "ordering.consultation.not_of_supplier",
    Conflict,
    sv=Text(
        "Konsultationer ges av Hjälpmedelscentralen, och kundnummer {customer_number} gäller en "
        "annan försörjare.",
        "Välj enhetens kundnummer hos Hjälpmedelscentralen.",
    ),
    en=Text(
        "Consultations are given by Hjälpmedelscentralen, and customer number {customer_number} "
        "belongs to another supplier.",
        "Choose the unit's customer number at Hjälpmedelscentralen.",
    ),
    rule="O-7",
)
GATE_CLOSED = Refusal(
    "ordering.gate.closed",
    Forbidden,
    sv=Text(
        "Förskrivning inom {areas} kräver utbildning som saknas: {lacking}.",
        "Gå en av de utbildningar som nämns och beställ sedan igen. Uppgifterna om genomförda "
        "utbildningar är från {as_of}.",
    ),
    en=Text(
        "Prescribing within {areas} requires training that is missing: {lacking}.",
        "Take one of the courses named, and order again afterwards. What is known of completed "
        "courses is from {as_of}.",
    ),
    rule="T-1",
)

DEVICE_UNKNOWN = Refusal(
    "ordering.device.unknown",
    NotFound,
    sv=Text(
        "Det finns inget hjälpmedel med individnummer {individual_number}.",
        "Läs av märkningen på hjälpmedlet igen.",
    ),
    en=Text(
        "There is no device with individual number {individual_number}.",
        "Read the mark on the device again.",
    ),
    rule="U-5",
)
DEVICE_KNOWN = Refusal(
    "ordering.device.known",
    Conflict,
    sv=Text(
        "Individnummer {individual_number} är redan registrerat.",
        "Läs av märkningen på hjälpmedlet igen.",
    ),
    en=Text(
        "Individual number {individual_number} is registered already.",
        "Read the mark on the device again.",
    ),
    rule="U-5",
)
DEVICE_STATE = Refusal(
    "ordering.device.state",
    Conflict,
    sv=Text(
        "Hjälpmedlet {individual_number} är {state}, så det går inte.",
        "Hämta hjälpmedlet på nytt och se var det finns.",
    ),
    en=Text(
        "Device {individual_number} is {state}, so this cannot be done.",
        "Fetch the device again and see where it is.",
    ),
)
DEVICE_BLOCKED = Refusal(
    "ordering.device.blocked",
    Conflict,
    sv=Text(
        "Hjälpmedlet {individual_number} har en specialanpassning som inte är underskriven, och "
        "får inte tas i bruk.",
        "Förskrivaren gör den funktionella riskbedömningen och skriver under "
        "anpassningshandlingen; därefter går hjälpmedlet att leverera.",
    ),
    en=Text(
        "Device {individual_number} has a custom adaptation that is not signed, and may not be "
        "taken into use.",
        "The prescriber makes the functional risk assessment and signs the adaptation document; "
        "after that the device can be delivered.",
    ),
    rule="S-1",
)
ADAPTATION_OPEN = Refusal(
    "ordering.adaptation.open",
    Conflict,
    sv=Text(
        "Hjälpmedlet {individual_number} håller redan på att anpassas.",
        "Vänta tills den anpassningen är underskriven, eller tala med hjälpmedelsteknikern.",
    ),
    en=Text(
        "Device {individual_number} is being adapted already.",
        "Wait until that adaptation is signed, or talk to the technician.",
    ),
    rule="S-1",
)
NOTICE_PERIOD_WRONG = Refusal(
    "ordering.notice.period_wrong",
    Invalid,
    sv=Text(
        "Meddelandets sista dag är före den första.",
        "Välj en senare sista dag, eller ingen alls.",
    ),
    en=Text(
        "The last day of the notice is before its first.",
        "Choose a later last day, or none at all.",
    ),
    rule="A-1",
)
NOTICE_HALF_ENGLISH = Refusal(
    "ordering.notice.half_english",
    Invalid,
    sv=Text(
        "Meddelandet har bara rubrik eller bara text på engelska.",
        "Fyll i båda, eller ingen av dem.",
    ),
    en=Text(
        "The notice has only a title, or only a text, in English.",
        "Fill in both, or neither.",
    ),
    rule="A-1",
)
NOTICE_WITHDRAWN = Refusal(
    "ordering.notice.withdrawn",
    Conflict,
    sv=Text("Meddelandet är återkallat.", "Publicera ett nytt."),
    en=Text("The notice is withdrawn.", "Publish a new one."),
    rule="A-1",
)
