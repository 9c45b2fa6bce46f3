"""The mails that signing sends: no personal data, and always what to do next."""

from dataclasses import dataclass

from services.signing.model.case import Case
from services.signing.model.job import Job
from services.signing.ports import Mail

INVITATION = """\
Ett signeringsuppdrag kräver din underskrift. När du och alla övriga signatärer har skrivit
under signeringsuppdraget skickas det vidare för behandling.

Specialanpassning {number}. Signeringsuppdraget är giltigt till {last_day}.

För att signera krävs att du loggar in med SITHS inloggning med stöd för HSAid.

Gå direkt till signeringsuppdraget: {link}
"""
PAPER_SENT = """\
Handlingen för specialanpassning {number}, underskriven på papper, har skickats in för kontroll.
Hjälpmedlet får inte användas innan din funktionella riskbedömning finns.

Gör riskbedömningen här: {link}
"""
REGISTERED = """\
Handlingen för specialanpassning {number} är underskriven och diarieförd med nummer
{diary_number}. Hjälpmedlet får tas i bruk.

Läs handlingen här: {link}

Du behöver inte göra något mer.
"""
DECLINED = """\
Version {version} av handlingen för specialanpassning {number} är avböjd. Hjälpmedlet får inte
tas i bruk.

Läs varför här: {link}

Teknikern gör en ny version, och då får undertecknarna ett nytt meddelande.
"""
RECALLED = """\
Version {version} av handlingen för specialanpassning {number} är återkallad och ska inte
skrivas under.

Läs varför här: {link}

Du behöver inte göra något. När en ny version skickas får du ett nytt meddelande.
"""
#: What is filled in for each is the database's to know.
EXPIRED = """\
Signeringsuppdraget för specialanpassning {{number}} gick ut utan att alla hade skrivit under.
Hjälpmedlet får inte tas i bruk.

Läs mer här: {link}

Teknikern skickar handlingen igen, och då får undertecknarna ett nytt meddelande.
"""


@dataclass(frozen=True)
class SwedishLetters:
    """
    Args:
        portal: the address of Rampen's pages.
    """

    portal: str

    def invitation(self, case: Case, job: Job) -> Mail:
        """To each signatory.

        Source: S-5, S-6, S-7, S-8, S-9
        """
        subject = "Ett signeringsuppdrag kräver din underskrift"
        return self._mail(f"{subject}: specialanpassning {{number}}", INVITATION, case, job)

    def paper_sent(self, case: Case, job: Job) -> Mail:
        """To the prescriber, who is still to assess the risk."""
        return self._mail("Riskbedöm specialanpassning {number}", PAPER_SENT, case, job)

    def registered(self, case: Case, job: Job) -> Mail:
        """Source: S-12"""
        return self._mail("Specialanpassning {number} är diarieförd", REGISTERED, case, job)

    def declined(self, case: Case, job: Job) -> Mail:
        return self._mail("Specialanpassning {number} är avböjd", DECLINED, case, job)

    def recalled(self, case: Case, job: Job) -> Mail:
        return self._mail("Specialanpassning {number} är återkallad", RECALLED, case, job)

    def expired(self) -> Mail:
        """Source: S-7"""
        subject = "Signeringsuppdraget för specialanpassning {number} har gått ut"
        return {"subject": subject, "body": EXPIRED.format(link=self._link("{job_id}"))}

    def _mail(self, subject: str, body: str, case: Case, job: Job) -> Mail:
        facts = {
            "number": case.work_order_number,
            "version": job.version,
            "last_day": job.last_day,
            "diary_number": case.diary_number,
            "link": self._link(f"{job.id}"),
        }
        return {"subject": subject.format(**facts), "body": body.format(**facts)}

    def _link(self, job_id: str) -> str:
        """Source: S-5, S-9"""
        return f"{self.portal}/signing/{job_id}"
