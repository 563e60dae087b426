from corpus import Article, Settings
from search.parsing import parse
from search.parts import with_documents
from search.planning import plan
from search.ranking import match
from tests.search.corpora import cut

FIRST = [
    Article("a", "en", "", "Stress at work"),
    Article("b", "pl", "", "Stres i praca"),
    Article("c", "en", "", "Pay"),
]
SECOND = [Article("d", "de", "", "Stress"), Article("e", "en", "", "No stress"), Article("f", "pl", "", "Stres")]


def test_the_documents_of_a_part_are_those_in_its_language_and_its_segment() -> None:
    with cut(FIRST, SECOND) as snapshot:
        query = plan(parse("stress OR stres", Settings()), snapshot.counts)
        parts = match(query, snapshot, Settings()).parts

        def shared_out(ids: str) -> dict[tuple[str, int], list[str]]:
            numbers = snapshot.by_id[[snapshot.id(number) in ids for number in snapshot.by_id.tolist()]]
            numbers.sort()
            return {
                (part.plan.language, part.segment.base): [
                    snapshot.id(local + part.segment.base) for local in documents.tolist()
                ]
                for part, documents in with_documents(parts, numbers)
            }

        assert shared_out("abcdef") == {
            ("en", 0): ["a", "c"],
            ("pl", 0): ["b"],
            ("en", 3): ["e"],
            ("pl", 3): ["f"],
            ("de", 3): ["d"],
        }
        assert shared_out("cf") == {("en", 0): ["c"], ("pl", 3): ["f"]}
        assert shared_out("") == {}
