"""/operator/report: what people look for, for operators.

What stands in it was typed by strangers: it is text here, and no address is made of it but that of a search.
"""

from datetime import UTC, datetime

from babel.units import format_unit
from flask import Blueprint, Response, render_template, request, url_for
from flask_babel import format_date
from pydantic import Field

from search.parameters import Parameters
from search.querylog.reading import recent
from search.querylog.summary import EDGES_MS, Report, report
from search.request import SearchRequest
from search.web.charts import Chart, chart
from search.web.choices import Choice
from search.web.current import engine
from search.web.interface import switches
from search.web.naming import locale, number
from search.web.sessions import PATH, signed_in

blueprint = Blueprint("reports", __name__)

PERIODS = (7, 30, 365)
DAYS = 30
MAX_DAYS = 366


class ReportQuestion(Parameters):
    """Of how many days."""

    days: int = Field(DAYS, ge=1, le=MAX_DAYS)
    ui: str = ""


@blueprint.get(f"{PATH}/report")
@signed_in
def report_page() -> Response:
    """What was asked in the last `days`, 1 to MAX_DAYS, as lists and plots; what is wrong, if there is no log."""
    settings = engine().settings
    days = ReportQuestion.of_texts(request.args.to_dict(flat=False)).days
    said, problem = None, ""
    if settings.query_log is None:
        problem = "KARJERA_QUERY_LOG"
    else:
        try:
            said = report(recent(settings.query_log, days, datetime.now(UTC)))
        except OSError as error:
            problem = f"{error.filename or settings.query_log}: {error.strerror or error}"
    page = render_template(
        "report.html",
        asked=SearchRequest(size=settings.page_size),
        kept=settings.query_log is not None,
        problem=problem,
        report=said,
        volume=_volume(said) if said else None,
        times=_times(said) if said else None,
        edges=_edges(),
        days=days,
        periods=[
            Choice(format_unit(period, "duration-day", locale=locale()), url_for("reports.report_page", days=period))
            for period in PERIODS
        ],
        switches=switches({"endpoint": "reports.report_page", "days": days}),
    )
    return Response(page, headers={"Cache-Control": "no-store"})


def _volume(said: Report) -> Chart:
    return chart(
        [day.searches for day in said.days],
        [day.unanswered for day in said.days],
        [format_date(day.day, "d MMM") for day in said.days],
        [f"{format_date(day.day, 'medium')}: {number(day.searches)}" for day in said.days],
    )


def _times(said: Report) -> Chart:
    edges = _edges()
    titles = [f"{edge}: {number(searches)}" for edge, searches in zip(edges, said.times, strict=True)]
    return chart(said.times, [0] * len(said.times), edges, titles)


def _edges() -> list[str]:
    """Return what the classes of times are called, the last of which has no end."""
    units = [format_unit(edge, "duration-millisecond", "short", locale=locale()) for edge in EDGES_MS]
    return [*(f"≤ {unit}" for unit in units), f"> {units[-1]}"]
