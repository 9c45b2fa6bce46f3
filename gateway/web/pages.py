"""What all pages share: how they are shown, their menu, their files, and parts that may fail."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import cache, partial
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask import Blueprint, Flask, Response, g, render_template, request, send_from_directory
from markupsafe import Markup

from chassis.rpc_client import RemoteFailure, result
from contracts.errors import ContractError
from gateway import bus, refusals
from gateway.auth import csrf
from gateway.auth.guard import NOBODY, public
from gateway.bus import Method, Question
from gateway.problems import problem
from gateway.web import codes, language, times, words

ASSETS = Path(__file__).with_name("static")
PATIENCE = 3.0  # seconds until a part counts as silent, where silence is what one looks for
THREADS = ThreadPoolExecutor(100)  # kept: to start one takes longer than to ask
LONG = "public, max-age=31536000, immutable"  # the address of a file changes with it
ARTICLES = (("/articles", "Artiklar"),)
ORDERING = (*ARTICLES, ("/orders", "Beställningar"))
CONSULTING = (("/consultations", "Konsultationer"),)
UPKEEP = (("/maintenance", "Underhåll"),)
DEVICES = (("/devices", "Hjälpmedel"),)
ADAPTING = (("/adaptations", "Anpassningar"),)
SIGNING = (("/signing", "Underskrifter"),)
NEWS = (("/notices", "Meddelanden"),)
LEARNING = (("/courses", "Utbildningar"), ("/enrolments", "Mina anmälningar"))
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
OTHERS = (*ARTICLES, *UPKEEP, *LEARNING)


class Part(NamedTuple):
    """One part of a page: what it shows, or why it cannot."""

    found: Any = None
    missing: str = ""
    error: ContractError | RemoteFailure | None = None

    @property
    def needed(self) -> Any:
        """What was found, of a part without which there is no page.

        Raises:
            ContractError, RemoteFailure: as the service refused, or failed.
        """
        if self.error:
            raise self.error
        return self.found

    @property
    def items(self) -> list[Any]:
        return self.found["items"] if self.found else []

    @property
    def more(self) -> bool:
        return bool(self.found and self.found.get("more"))


def room(name: str, *first: Callable[[], None]) -> Blueprint:
    """A group of pages whose forms are all looked at before they are believed.

    Args:
        first: what is done before a form is read.
    """
    made = Blueprint(name, __name__, template_folder="templates")
    for check in (*first, csrf.check):
        made.before_request(check)
    return made


def show(template: str, status: int = 200, **values: Any) -> tuple[str, int]:
    return render_template(template, **values), status


def part(ask: Callable[[], Any]) -> Part:
    """What `ask` finds; a part that is refused or does not answer spoils no other."""
    try:
        return Part(ask())
    except (ContractError, RemoteFailure) as error:
        refusal = error if isinstance(error, ContractError) else refusals.FAILURE()
        told = problem(refusal, language.spoken())
        return Part(missing=f"{told['title']} {told['detail']}", error=error)


def together(**asks: Callable[[], Any]) -> dict[str, Part]:
    """Several parts, all asked for at once: the page waits for the slowest only.

    The `Question`s to one service go in one message: it is asked once for all that it knows.
    """
    by_service: dict[str, dict[str, Question]] = {}
    jobs: list[Callable[[], dict[str, Part]]] = []
    for name, ask in asks.items():
        if isinstance(ask, Question):
            by_service.setdefault(ask.method.service, {})[name] = ask
        else:
            jobs.append(partial(_asked, name, ask))
    jobs += [partial(_answered, questions) for questions in by_service.values()]
    found: dict[str, Part] = {}
    for parts in _at_once(jobs):
        found |= parts
    return {name: found[name] for name in asks}


def _at_once(jobs: list[Callable[[], dict[str, Part]]]) -> Iterator[dict[str, Part]]:
    """What each of `jobs` returns: the last is done here, the others meanwhile."""
    *others, last = jobs
    begun = [THREADS.submit(copy_context().run, job) for job in others]
    yield last()
    yield from (job.result() for job in begun)


def _asked(name: str, ask: Callable[[], Any]) -> dict[str, Part]:
    return {name: part(ask)}


def _answered(questions: Mapping[str, Question]) -> dict[str, Part]:
    """The parts that one service knows."""
    if len(questions) == 1:
        [(name, question)] = questions.items()
        return _asked(name, question)
    first = next(iter(questions.values()))
    asked = [{"method": one.method.name, "message": one.message} for one in questions.values()]
    whole = part(lambda: bus.SERVICES[first.method.service].answer_all({"questions": asked}))
    if whole.error:
        return dict.fromkeys(questions, whole)
    answers = zip(questions, whole.found["items"], strict=True)
    return {name: part(partial(result, answer)) for name, answer in answers}


def briefly(method: Method, message: dict[str, Any]) -> Callable[[], Any]:
    """A question that is not waited for long: a silent service keeps the page for `PATIENCE`."""
    return lambda: method(message, timeout=PATIENCE)


def register(app: Flask) -> None:
    """Teach `app` what the templates use."""
    env = app.jinja_env
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(language.gettext, language.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals["_"] = _said  # as jinja's own, in a third of the time: a page has a hundred texts
    env.trim_blocks = env.lstrip_blocks = True
    env.filters.update(
        word=words.word, tone=words.tone, choices=words.choices, when=times.when, day=times.day,
        clock=times.clock, named_day=times.named_day, left=times.left,
        hours=times.opening_minutes, decimal=language.decimal, age=times.age, is_late=times.is_late,
    )  # fmt: skip
    env.globals.update(
        asset=asset, csrf_token=csrf.token, spent=times.spent, address=address, codes=codes,
        is_past=times.is_past,
    )  # fmt: skip
    app.context_processor(_everywhere)
    app.add_url_rule("/static/<path:filename>", "static_file", public(_static))
    secure = bool(app.config["SESSION_COOKIE_SECURE"])
    choose = public(lambda code: language.choose(code, secure))
    app.add_url_rule("/language/<code>", "language", choose)


def _said(text: str, **values: Any) -> Markup:
    """`text` in the language of the page, with its `%(name)s` filled in and escaped."""
    said = Markup(language.gettext(text))
    return said % values if values else said


def address(**changed: Any) -> str:
    """The present page's address with some parameters changed; one that is None goes."""
    kept = {name: value for name, value in request.args.items() if name not in changed}
    wanted = kept | {name: value for name, value in changed.items() if value is not None}
    return f"{request.path}?{urlencode(wanted)}" if wanted else request.path


@cache
def asset(name: str) -> str:
    """The address of a file of ours; it changes when the file does."""
    digest = blake2b((ASSETS / name).read_bytes(), digest_size=6).hexdigest()
    return f"/static/{name}?v={digest}"


def _static(filename: str) -> Response:
    response = send_from_directory(ASSETS, filename)
    response.headers["Cache-Control"] = LONG if "v" in request.args else "public, max-age=3600"
    return response


def _everywhere() -> dict[str, Any]:
    person = g.get("person", NOBODY)
    known = person is not NOBODY
    return {
        "person": person if known else None,
        "menu": MENUS.get(person.actor.role, OTHERS) if known else (),
        "lang": language.spoken(),
        "here": request.full_path.rstrip("?") if request.method == "GET" else request.path,
        "is_in": lambda path: request.path == path or request.path.startswith(f"{path}/"),
    }
