"""The page that shows what the pages are made of."""

from datetime import UTC, datetime, timedelta

from werkzeug.datastructures import MultiDict

from gateway.web.forms import Form
from gateway.web.pages import room, show

pages = room("design")
TOKENS = ("paper", "card", "accent-soft", "good-soft", "warn-soft", "bad-soft")
FIGURES = (("jan", 92, "92 %"), ("feb", 88, "88 %"), ("mar", 97, "97 %"))


@pages.get("/design")
def design() -> tuple[str, int]:
    """Every component, in each of its states."""
    now = datetime.now(UTC)
    wrong = Form(
        values=MultiDict({"wrong": "070-17"}),
        errors={"wrong": "Telefonnumret går inte att ringa."},
        refusal={
            "title": "Uppgifterna kunde inte tas emot.",
            "detail": "Rätta fälten.",
            "status": 422,
        },
    )
    return show(
        "design.html",
        sample=Form(),
        wrong=wrong,
        tokens=TOKENS,
        figures=FIGURES,
        since=(now - timedelta(hours=60)).isoformat(),
        until=(now + timedelta(hours=12)).isoformat(),
        clocks=[
            {"limit_minutes": 100, "net_minutes": used, "state": state, "due_at": now.isoformat()}
            for used, state in ((20, "running"), (85, "runs_out_soon"), (130, "overdue"))
        ],
    )
