"""What the codes of the services are called on the pages, in Swedish; english.json has the rest."""

ROLES = {
    "prescriber": "Förskrivare",
    "orderer": "Beställare",
    "cost_responsible": "Kostnadsansvarig",
    "device_coordinator": "Hjälpmedelssamordnare",
    "device_consultant": "Hjälpmedelskonsulent",
    "technician": "Tekniker",
    "manager": "Verksamhetschef",
    "medically_responsible_nurse": "Medicinskt ansvarig sjuksköterska (MAS)",
    "medically_responsible_rehabilitation": "Medicinskt ansvarig för rehabilitering (MAR)",
    "chief_physician": "Chefläkare",
    "social_coordinator": "Socialt ansvarig samordnare (SAS)",
    "care_staff": "Vård- och omsorgspersonal",
    "product_consultant": "Produktkonsulent",
    "customer_service": "Kundtjänst",
    "training_admin": "Utbildningsadministratör",
    "operator": "Systemförvaltare",
}
SERVICES = {
    "ordering": "Beställning",
    "booking": "Bokning",
    "maintenance": "Underhåll",
    "training": "Utbildning",
    "signing": "Underskrift",
}
RECIPIENTS = {"patient": "Patient", "unit": "Enheten själv", "store": "Förråd"}
DELIVERY_CLASSES = {
    "within_7": "Inom 7 arbetsdagar",
    "within_17": "Inom 17 arbetsdagar",
    "over_17": "Över 17 arbetsdagar",
}
ARTICLE_STATUSES = {"active": "Går att beställa", "ended": "Utgått", "outgoing": "Utgående"}
SUPPLY_FORMS = {"rent": "Hyra", "purchase": "Köp"}
ACTIVITIES = {
    "registered": "Väntar på bokning",
    "booking": "Bokas nu",
    "booked": "Bokad",
    "closed": "Stängd",
    "open": "Öppen",
    "cancelled": "Avbokad",
    "held": "Genomförd",
    "no_show": "Patienten uteblev",
    "not_booked": "Ingen tid bokades i tid",
}
OUTCOMES = {"held": "Besöket blev av", "no_show": "Patienten uteblev"}
ASKED_AS = {"prescriber": "Förskrivare", "consultant": "Konsulent"}
REBOOKING_CAUSES = {
    "patient_prevented": "Patienten har förhinder",
    "prescriber_prevented": "Förskrivaren har förhinder",
    "consultant_prevented": "Konsulenten har förhinder",
    "other": "Annat",
}
ORDERS = {"placed": "Lagd", "cancelled": "Återtagen"}
WORK = {
    "registered": "Registrerad",
    "assigned": "Tilldelad",
    "started": "Påbörjad",
    "paused": "Pausad",
    "resumed": "Återupptagen",
    "finished": "Klar",
    "cancelled": "Avbruten",
    "handed_out": "Utlämnad",
}
ORDERED_WORK_KINDS = {
    "corrective": "Avhjälpande underhåll",
    "acute_corrective": "Akut avhjälpande underhåll",
    "preventive": "Förebyggande underhåll",
}
WORK_KINDS = ORDERED_WORK_KINDS | {"adaptation": "Anpassning"}
PAUSE_CAUSES = {
    "spare_part": "Väntar på reservdel",
    "prescriber": "Väntar på förskrivaren",
    "patient_not_reached": "Patienten nås inte",
    "patient_away": "Patienten är bortrest",
    "supplier": "Väntar på leverantören",
}
CANCEL_CAUSES = {
    "patient_not_reached": "Patienten nås inte",
    "wrong_kind": "Fel sorts arbete",
    "no_longer_needed": "Behövs inte längre",
    "device_returned": "Hjälpmedlet är återlämnat",
    "device_scrapped": "Hjälpmedlet är kasserat",
    "duplicate": "Dubblett",
}
CLOCKS = {
    "untimed": "Ingen gräns",
    "running": "I tid",
    "runs_out_soon": "Snart ute",
    "overdue": "Försenad",
    "paused": "Pausad",
    "met": "Hölls",
    "missed": "Hölls inte",
    "void": "Gäller inte",
}
BASIC_NEEDS = {
    "none": "Inget av dessa",
    "eat_and_drink": "Äta och dricka",
    "toilet_and_transfer": "Toalettbesök och förflyttning",
    "care_injury_risk": "Risk för vårdskada",
    "communication": "Kommunikation",
}
COURSE_KINDS = {
    "basic_offer": "Grundutbud",
    "extra_offer": "Extra utbud",
    "commissioned": "Uppdragsutbildning",
    "web": "Webbutbildning",
    "film": "Film",
}
OCCASIONS = {"announced": "Öppet", "cancelled": "Inställt"}
OCCASION_CAUSES = {
    "too_few": "För få anmälda",
    "procurement": "Upphandling",
    "revision": "Utbildningen görs om",
    "illness": "Sjukdom",
    "other": "Annat",
}
ENROLMENTS = {
    "enrolled": "Anmäld",
    "waiting": "I kö",
    "offered": "Erbjuden plats",
    "expired": "Erbjudandet gick ut",
    "cancelled": "Avanmäld",
    "withdrawn": "Tillfället ställdes in",
}
SIGNING_JOBS = {
    "open": "Väntar på underskrift",
    "signed": "Underskriven och diarieförd",
    "declined": "Avböjd",
    "recalled": "Återkallad",
    "expired": "Gick ut",
}
SIGNING_CASES = {
    "awaits_document": "Väntar på handling",
    "awaits_signatures": "Väntar på underskrift",
    "awaits_verification": "Väntar på kontroll",
    "released": "Får tas i bruk",
}
SIGNATORIES = {"waiting": "Har inte skrivit under", "signed": "Har skrivit under"}
MEDIA = {"digital": "Digital", "paper": "På papper"}
CONCLUSIONS = {
    "acceptable": "Risken är godtagbar",
    "acceptable_with_measures": "Risken är godtagbar med åtgärderna",
    "not_acceptable": "Risken är inte godtagbar",
}
ADAPTATIONS = {
    "ordered": "Beställd, hjälpmedlet är spärrat",
    "signed": "Underskriven och diarieförd",
    "on_paper": "Underskriven på papper",
    "cancelled": "Avbruten",
}
SETBACKS = {
    "declined": "Den senaste handlingen avböjdes. En ny behövs.",
    "expired": "Den senaste handlingen gick ut innan alla hade skrivit under. En ny behövs.",
}
NOTICE_KINDS = {
    "safety": "Säkerhetsmeddelande",
    "message": "Meddelande",
    "news": "Nyheter",
}
NOTICES = {
    "coming": "Kommande",
    "current": "Visas",
    "ended": "Slut",
    "withdrawn": "Återkallat",
}
DIFFERENCES = {
    "missing_in_scheduler": "Saknas i schemaläggaren",
    "cancelled_in_scheduler": "Avbokad i schemaläggaren",
    "moved_in_scheduler": "Flyttad i schemaläggaren",
    "only_in_scheduler": "Finns bara i schemaläggaren",
    "state_in_ordering": "Annan status i beställning",
    "unknown_to_ordering": "Saknas i beställning",
    "unknown_to_booking": "Saknas i bokning",
}
DIFFERENCE_MEANINGS = {
    "missing_in_scheduler": "Bokning har en bokad tid som schemaläggaren inte känner till.",
    "cancelled_in_scheduler": "Tiden är bokad hos bokning men avbokad i schemaläggaren.",
    "moved_in_scheduler": "Besöket har en annan tid, plats eller konsulent i schemaläggaren än"
    " hos bokning.",
    "only_in_scheduler": "Schemaläggaren har en bokad tid för en konsultation som bokning inte"
    " har bokat.",
    "state_in_ordering": "Beställning och bokning säger olika om hur det går för samma"
    " arbetsorder.",
    "unknown_to_ordering": "Bokning har en konsultation som beställning inte har någon"
    " arbetsorder för.",
    "unknown_to_booking": "Beställning har en arbetsorder som bokning aldrig har hört talas om:"
    " den går inte att boka.",
}
DIFFERENCE_REMEDIES = {
    "missing_in_scheduler": "Rampen ändrar inget: någon kan vänta sig besöket. Låt kundtjänst fråga"
    " förskrivaren, som bokar om eller avbokar i Rampen.",
    "cancelled_in_scheduler": "Rampen ändrar inget: avbokningen kan vara ett misstag. Fråga"
    " konsulenten. Ska besöket inte bli av avbokar förskrivaren i Rampen, annars bokar hon om.",
    "moved_in_scheduler": "Rampen ändrar inget: förskrivaren har fått den gamla tiden. Låt henne"
    " boka om i Rampen, eller flytta tillbaka besöket i schemaläggaren.",
    "only_in_scheduler": "Är besöket kommande och konsultationen känd avbokar Rampen tiden i"
    " schemaläggaren. Annars: fråga konsulenten, och avboka där om ingen väntar sig besöket.",
    "state_in_ordering": "Rampen berättar det senaste för beställning en gång till. Står avvikelsen"
    " kvar ändå: se efter bland de döda breven hos beställning.",
    "unknown_to_ordering": "Rampen ändrar inget. Se efter om beställning har återställts från en"
    " säkerhetskopia; i så fall behöver arbetsordern registreras på nytt och den här avbokas.",
    "unknown_to_booking": "Rampen ändrar inget. Se efter bland de döda breven hos bokning, åtgärda"
    " orsaken och spela om dem.",
}
RECONCILING = {
    "first_look scheduler": "Första genomgången: schemaläggarens kalender",
    "first_look ordering": "Första genomgången: arbetsordrarna hos beställning",
    "second_look scheduler": "Väntar en stund; andra genomgången: schemaläggarens kalender",
    "second_look ordering": "Andra genomgången: arbetsordrarna hos beställning",
}
DEVICES = {"in_stock": "I lager", "delivered": "Levererat"}
