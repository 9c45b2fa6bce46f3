"""A device that is adapted: ordered, built, its document sent, and given out at last."""

from dataclasses import dataclass
from io import BytesIO
from typing import Any

import httpx
from reportlab.pdfgen import canvas

from sandbox.demo.case import Case
from sandbox.demo.story import show_refusal
from sandbox.demo.visitor import Visitor
from sandbox.demo_data.records import Person

Json = dict[str, Any]
RISK = {
    "area": "Förflyttning",
    "description": "Fotplattan tar i tröskeln",
    "probability": 2,
    "severity": 2,
    "acceptable": True,
}


@dataclass
class Adapting:
    """A prescriber, the supply centre's technician, and one device that is adapted."""

    case: Case
    prescriber: Visitor
    technician: Visitor
    mechanic: Person
    device: str
    adaptation_id: str = ""
    number: str = ""

    @property
    def work(self) -> str:
        return f"/maintenance-orders/{self.number}"

    def order(self) -> None:
        ordered = self.prescriber.post(
            "/adaptations",
            {
                "customer_number": self.case.customer_number,
                "individual_number": self.device,
                "instruction": "Fotplattan förlängs med 4 cm",
                "risks": [{"description": "Tar i trösklar", "measure": "Fälls upp"}],
            },
        )
        self.adaptation_id, self.number = ordered["adaptation_id"], ordered["work_order_number"]
        self.case.evidence.show(
            self.number, f"{self.device} is to be adapted: work order {self.number}"
        )

    def build(self) -> None:
        """The technician does the work that maintenance has been told of."""
        evidence = self.case.evidence
        order = evidence.wait(
            lambda: answered(self.technician, self.work), "maintenance has the same work order"
        )
        evidence.show(order["kind"] == "adaptation", f"its kind: {order['kind']}")
        self.technician.post(f"{self.work}/assignment", {"technician": self.mechanic.hsa_id})
        self.technician.post(f"{self.work}/start", {"at": None})
        self.technician.post(f"{self.work}/completion", {"at": None})
        evidence.wait(
            lambda: self.adaptation_id in str(self.technician.pages("/signing-cases")),
            "built; signing waits for its document",
        )

    def is_kept(self) -> None:
        """Neither delivered nor handed out."""
        show_refusal(self.case, "delivery", self.deliver(), "ordering.device.blocked")
        handed = self.technician.send(f"{self.work}/hand-out", {"at": None})
        show_refusal(self.case, "hand-out", handed, "maintenance.device.blocked")

    def deliver(self) -> httpx.Response:
        to = {"customer_number": self.case.customer_number}
        return self.technician.send(f"/devices/{self.device}/delivery", to)

    def send(self, text: str) -> str:
        """Upload a document and send it; return the job's path, once the mail has come."""
        document = self.technician.upload("/signing-documents", drawn(f"{text}, {self.number}"))
        sent = {"document_id": document["document_id"], "title": text}
        job = self.technician.post(f"/signing-cases/{self.adaptation_id}/jobs", sent)["job_id"]
        (mail,) = self.case.evidence.wait(
            lambda: self.case.mails(f"/signing/{job}"), "the prescriber has the link by mail, once"
        )
        self.case.evidence.note(f"«{mail['subject']}»")
        return f"/signing-jobs/{job}"

    def assess(self, job: str) -> Json:
        """The prescriber assesses the risk; return what her signature is to say."""
        made = {"risks": [RISK], "conclusion": "acceptable"}
        self.prescriber.post(f"{job}/assessments", made)
        return {"assessment_version": self.prescriber.get(job)["assessment"]["version"]}

    def log_in_for(self, job: str) -> None:
        self.prescriber.log_in(job.replace("/signing-jobs/", "/login/signing/"))

    def is_released(self) -> None:
        """Ordering and maintenance have heard, and give the device out."""
        adaptation = f"/adaptations/{self.adaptation_id}"
        seen = self.case.evidence.wait(
            lambda: in_state(self.prescriber, adaptation, "signed"), "ordering has heard: signed"
        )
        self.case.evidence.show(seen["diary_number"], f"diary number {seen['diary_number']}")
        self.case.evidence.show(self.deliver().status_code == 201, f"{self.device} is delivered")
        self.case.evidence.wait(
            lambda: self.technician.send(f"{self.work}/hand-out", {"at": None}).is_success,
            "and handed out",
        )

    def take_back(self) -> None:
        """So that the story can be told again."""
        self.technician.post(f"/devices/{self.device}/return", {})


def drawn(text: str) -> bytes:
    """A document of one page."""
    output = BytesIO()
    page = canvas.Canvas(output)
    page.drawString(72, 700, f"Specialanpassningsanvisning: {text}")
    page.save()
    return output.getvalue()


def answered(visitor: Visitor, path: str) -> Json | None:
    found = visitor.get(path)
    return found if "kind" in found else None


def in_state(visitor: Visitor, path: str, state: str) -> Json | None:
    found = visitor.get(path)
    return found if found["state"] == state else None
