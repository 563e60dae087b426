from datetime import date

import pytest

from search.querylog.summary import EDGES_MS, Asked, Day, Elsewhere, Report, Slow
from search.querylog.table import WIDTH, echo_report

REPORT = Report(
    searches=5,
    unanswered_searches=1,
    days=(Day(date(2026, 11, 21), 4, 1), Day(date(2026, 11, 22), 1, 0)),
    popular=(Asked("stres", "und", 3, 7), Asked("x" * 190, "en", 1, 2)),
    unanswered={"und": (Asked("zeppelin", "und", 1, 0),)},
    elsewhere=(Elsewhere("lt", "pl", 2, ("darbas", "alga")),),
    slow=(Slow("stres", "und", 1234.5, 7),),
    times=(*(0 for _ in EDGES_MS), 5),
)


def test_a_report_is_lists_with_bars(capsys: pytest.CaptureFixture[str]) -> None:
    echo_report(REPORT)
    printed = capsys.readouterr().out.splitlines()
    assert printed[:4] == [
        "5 searches, 1 of them without results",
        "",
        "Searches a day (of these without results)",
        f"  2026-11-21  {'█' * 40}  4 (1)",
    ]
    assert printed[4].startswith(f"  2026-11-22  {'█' * 10} ")
    assert "       3  stres  (7 hits, und)" in printed
    assert "Without results, language unclear" in printed
    assert "       2  Lithuanian → Polish  (darbas, alga)" in printed
    assert "      1234 ms  stres (7 hits)" in printed
    assert printed[-1].split() == ["longer", "█" * 40, "5"]
    assert max(map(len, printed)) <= WIDTH + 2
