from search import Engine
from search.page import SearchPage
from search.phases import PHASES, Phases
from search.request import SearchRequest


def test_a_lap_begins_where_the_one_before_ended() -> None:
    phases = Phases()
    for phase in PHASES:
        phases.end(phase)
    assert [phase for phase, _, _ in phases.laps] == list(PHASES)
    assert all(start <= end for _, start, end in phases.laps)
    assert [end for _, _, end in phases.laps[:-1]] == [start for _, start, _ in phases.laps[1:]]


def test_a_phase_that_comes_twice_is_added_up() -> None:
    phases = Phases()
    for phase in ("parse", "plan", "match", "plan", "match"):
        phases.end(phase)
    assert list(phases.seconds()) == ["parse", "plan", "match"]
    took = {start: end - start for _, start, end in phases.laps}
    assert abs(sum(phases.seconds().values()) - sum(took.values()) / 1e9) < 1e-9


def test_an_engine_tells_its_observer_of_every_search(engine: Engine) -> None:
    told: list[tuple[SearchPage, Phases]] = []
    watched = Engine(engine.settings, lambda page, phases: told.append((page, phases)))
    page = watched.search(SearchRequest("stres"))
    assert [seen for seen, _ in told] == [page]
    assert tuple(told[0][1].seconds()) == PHASES


def test_a_word_that_is_taken_for_another_is_planned_and_matched_twice(engine: Engine) -> None:
    told: list[Phases] = []
    Engine(engine.settings, lambda page, phases: told.append(phases)).search(SearchRequest("pracownikk"))
    names = [phase for phase, _, _ in told[0].laps]
    assert names == ["parse", "plan", "match", "plan", "match", "rank", "snippets", "facets"]
