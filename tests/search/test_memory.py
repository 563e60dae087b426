"""Answers that are found out once."""

import pytest

from search.memory import Memory


def test_what_was_found_out_is_not_asked_again_even_if_it_is_nothing() -> None:
    memory, asked = Memory(), []

    def find(answer: str | None) -> str | None:
        asked.append(answer)
        return answer

    assert [memory.once("a", lambda: find(None)), memory.once("a", lambda: find("later"))] == [None, None]
    assert memory.once(("a", 1), lambda: find("other")) == "other"
    assert asked == [None, "other"]


def test_of_very_much_all_is_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.memory.MAX_REMEMBERED", 2)
    memory = Memory()
    assert [memory.once(number, lambda: "first") for number in (1, 2)] == ["first", "first"]
    assert memory.once(2, lambda: "second") == "first"
    assert memory.once(3, lambda: "second") == "second"
    assert memory.once(1, lambda: "second") == "second"


def test_one_answer_may_need_another() -> None:
    memory = Memory()
    assert memory.once("whole", lambda: memory.once("part", lambda: 1) + 1) == 2
    assert memory.once("part", lambda: 5) == 1
