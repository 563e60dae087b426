"""Queries on the start page, in the reader's language first; only those that find something in the live index."""

from flask import current_app

from search.request import SearchRequest
from search.web.current import asked_by_nobody, engine

SHOWN = 5
OWN = 3

# language of the interface -> queries a reader of it might type, the best first
CANDIDATES = {
    "en": ("call center stress", '"cover letter"', "working from home", "burnout OR stress", "job interview"),
    "pl": ("stres w call center", "rozmowa kwalifikacyjna", '"list motywacyjny"', "praca zdalna", "wypalenie OR stres"),
    "lt": ("skambučių centro stresas", "darbo pokalbis", "darbas iš namų", "perdegimas", "atlyginimas"),
    "de": ("Stress im Callcenter", "Vorstellungsgespräch", "Homeoffice", "Lebenslauf", "Gehalt"),
    "fr": ("stress au centre d’appels", "entretien d’embauche", "télétravail", '"lettre de motivation"', "salaire"),
    "es": ("estrés en el trabajo", "entrevista de trabajo", "teletrabajo", '"carta de presentación"', "salario"),
    "ar": ("ضغوط العمل", "مقابلة العمل", "العمل من المنزل", "السيرة الذاتية", "الراتب"),
}


def examples(language: str) -> tuple[str, ...]:
    """Return queries for a reader of a language, their own language's first."""
    counts = engine().counts()
    known: dict[object, tuple[str, ...]] = current_app.extensions.setdefault("karjera.examples", {})
    key = (language, tuple(counts.items()))
    if key not in known:
        if len(known) > 100:  # an index that has changed as often
            known.clear()
        known[key] = _working(language, counts)
    return known[key]


def _working(language: str, counts: dict[str, int]) -> tuple[str, ...]:
    own = CANDIDATES.get(language, ())
    # And some in other languages of the index: that a query may be in any of them is seen, not said.
    codes = [code for code in counts if code in CANDIDATES and code != language]
    others = [CANDIDATES[code][place] for place in (1, 0, 2, 3, 4) for code in codes]
    found: list[str] = []
    for query in dict.fromkeys((*own[:OWN], *others[: SHOWN - OWN], *own[OWN:], *others)):
        if len(found) == SHOWN:
            break
        with asked_by_nobody():
            page = engine().search(SearchRequest(query, size=1))
        if page.complete:
            found.append(query)
    return tuple(found)
