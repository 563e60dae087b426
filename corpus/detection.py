"""Which language an article is in, when nobody says.

Lingua decides, on its trigram models: on texts of an article's length they agree with its full models, start
in half a second and take 70 MB where the full ones take a gigabyte. It knows most languages of our table, but
not Nepali, Sanskrit and Yiddish (it takes them for Hindi or Marathi, and Hebrew), and takes Serbian in Latin letters
for Bosnian: those need `lang` in the metadata.

Queries are never detected. They are too short for it, and need not be: a query is analysed under every
language.
"""

from functools import cache

from lingua import LanguageDetector, LanguageDetectorBuilder

from corpus.languages import UNDETERMINED, Language, language_for

# More text does not change the answer, and costs time in proportion.
SAMPLE_CHARS = 3_000
# Lingua is always sure of something: two dozen letters of keyboard noise are Maori to it with .996.
MIN_LETTERS = 40
MIN_CONFIDENCE = 0.75


def detect(text: str) -> Language:
    """Return the language of a text, or UNDETERMINED if it is too short, mixed, or none we know."""
    sample = _middle(text)
    if sum(char.isalpha() for char in sample) < MIN_LETTERS:
        return UNDETERMINED
    best = _detector().compute_language_confidence_values(sample)[0]
    if best.value < MIN_CONFIDENCE:
        return UNDETERMINED
    return language_for(best.language.iso_code_639_1.name) or UNDETERMINED


def _middle(text: str) -> str:
    # What surrounds an article (credits, licences, an English menu) stands at its ends.
    if len(text) <= SAMPLE_CHARS:
        return text
    start = (len(text) - SAMPLE_CHARS) // 2
    return text[start : start + SAMPLE_CHARS]


@cache
def _detector() -> LanguageDetector:
    return LanguageDetectorBuilder.from_all_languages().with_low_accuracy_mode().build()
