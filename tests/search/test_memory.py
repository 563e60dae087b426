"""Answers that are found out once."""

from search.memory import Memory


def test_what_was_found_out_is_not_asked_again_even_if_it_is_nothing() -> None:
    memory, asked = Memory(9), []

    def find(answer: str | None) -> str | None:
        asked.append(answer)
        return answer

    assert [memory.once("a", lambda: find(None)), memory.once("a", lambda: find("later"))] == [None, None]
    assert memory.once(("a", 1), lambda: find("other")) == "other"
    assert asked == [None, "other"]


def test_of_very_much_all_is_forgotten() -> None:
    memory = Memory(2)
    assert [memory.once(number, lambda: "first") for number in (1, 2)] == ["first", "first"]
    assert memory.once(2, lambda: "second") == "first"
    assert memory.once(3, lambda: "second") == "second"
    assert memory.once(1, lambda: "second") == "second"


def test_one_answer_may_need_another() -> None:
    memory = Memory(9)
    assert memory.once("whole", lambda: memory.once("part", lambda: 1) + 1) == 2
    assert memory.once("part", lambda: 5) == 1
