"""The languages Karjera knows, one row each.

A language is a row: what an analyser or a page needs to know of it stands here, and nowhere else is there a
list of languages to keep in step. `stemmer` names a Snowball algorithm of PyStemmer or, where that has none, a table
of our own endings (indexer/analysis/endings.py); a row without one is indexed by its words as written (or, where words
are not separated, by character bigrams).
"""

from dataclasses import dataclass
from typing import Literal

Direction = Literal["ltr", "rtl"]


@dataclass(frozen=True, slots=True)
class Language:
    """A row of the table; `code` is the shortest ISO 639 code, `script` the ISO 15924 name in English."""

    code: str
    name: str
    endonym: str
    stemmer: str | None
    script: str
    direction: Direction = "ltr"


# An article whose language nobody stated and detection is not sure of.
UNDETERMINED = Language("und", "Undetermined", "—", None, "Any")

_ROWS = (
    Language("ar", "Arabic", "العربية", "arabic", "Arabic", "rtl"),
    Language("be", "Belarusian", "Беларуская", "belarusian", "Cyrillic"),
    Language("bg", "Bulgarian", "Български", "bulgarian", "Cyrillic"),
    Language("bn", "Bengali", "বাংলা", None, "Bengali"),
    Language("ca", "Catalan", "Català", "catalan", "Latin"),
    Language("cs", "Czech", "Čeština", "czech", "Latin"),
    Language("da", "Danish", "Dansk", "danish", "Latin"),
    Language("de", "German", "Deutsch", "german", "Latin"),
    Language("el", "Greek", "Ελληνικά", "greek", "Greek"),
    Language("en", "English", "English", "english", "Latin"),
    Language("eo", "Esperanto", "Esperanto", "esperanto", "Latin"),
    Language("es", "Spanish", "Español", "spanish", "Latin"),
    Language("et", "Estonian", "Eesti", "estonian", "Latin"),
    Language("eu", "Basque", "Euskara", "basque", "Latin"),
    Language("fa", "Persian", "فارسی", "persian", "Arabic", "rtl"),
    Language("fi", "Finnish", "Suomi", "finnish", "Latin"),
    Language("fr", "French", "Français", "french", "Latin"),
    Language("ga", "Irish", "Gaeilge", "irish", "Latin"),
    Language("he", "Hebrew", "עברית", None, "Hebrew", "rtl"),
    Language("hi", "Hindi", "हिन्दी", "hindi", "Devanagari"),
    Language("hr", "Croatian", "Hrvatski", "croatian", "Latin"),
    Language("hu", "Hungarian", "Magyar", "hungarian", "Latin"),
    Language("hy", "Armenian", "Հայերեն", "armenian", "Armenian"),
    Language("id", "Indonesian", "Bahasa Indonesia", "indonesian", "Latin"),
    Language("it", "Italian", "Italiano", "italian", "Latin"),
    Language("ja", "Japanese", "日本語", None, "Japanese"),
    Language("ko", "Korean", "한국어", None, "Hangul"),
    Language("lt", "Lithuanian", "Lietuvių", "lithuanian", "Latin"),
    Language("lv", "Latvian", "Latviešu", "latvian", "Latin"),
    Language("mk", "Macedonian", "Македонски", "macedonian", "Cyrillic"),
    Language("ms", "Malay", "Bahasa Melayu", None, "Latin"),
    Language("ne", "Nepali", "नेपाली", "nepali", "Devanagari"),
    Language("nl", "Dutch", "Nederlands", "dutch", "Latin"),
    Language("no", "Norwegian", "Norsk", "norwegian", "Latin"),
    Language("pl", "Polish", "Polski", "polish", "Latin"),
    Language("pt", "Portuguese", "Português", "portuguese", "Latin"),
    Language("ro", "Romanian", "Română", "romanian", "Latin"),
    Language("ru", "Russian", "Русский", "russian", "Cyrillic"),
    Language("sa", "Sanskrit", "संस्कृतम्", None, "Devanagari"),
    Language("sk", "Slovak", "Slovenčina", "slovak", "Latin"),
    Language("sl", "Slovenian", "Slovenščina", "slovenian", "Latin"),
    Language("sr", "Serbian", "Српски", "serbian", "Cyrillic"),
    Language("st", "Sotho", "Sesotho", "sesotho", "Latin"),
    Language("sv", "Swedish", "Svenska", "swedish", "Latin"),
    Language("sw", "Swahili", "Kiswahili", None, "Latin"),
    Language("ta", "Tamil", "தமிழ்", "tamil", "Tamil"),
    Language("th", "Thai", "ไทย", None, "Thai"),
    Language("tr", "Turkish", "Türkçe", "turkish", "Latin"),
    Language("uk", "Ukrainian", "Українська", "ukrainian", "Cyrillic"),
    Language("ur", "Urdu", "اردو", None, "Arabic", "rtl"),
    Language("vi", "Vietnamese", "Tiếng Việt", None, "Latin"),
    Language("yi", "Yiddish", "ייִדיש", "yiddish", "Hebrew", "rtl"),
    Language("zh", "Chinese", "中文", None, "Han"),
)

# code -> its row; the undetermined language included, in the order of the table.
LANGUAGES: dict[str, Language] = {row.code: row for row in (*_ROWS, UNDETERMINED)}

# Tags that name a row by another code: the two written forms of Norwegian, and codes that ISO 639 withdrew.
_OTHER_CODES = {"nb": "no", "nn": "no", "iw": "he", "in": "id", "ji": "yi", "cmn": "zh"}


def language_for(tag: str) -> Language | None:
    """Return the row for a BCP 47 tag, by its primary subtag: `pl-PL`, `zh_Hant` and `nb` find pl, zh and no.

    Returns None for a tag the table has no row for.
    """
    primary = tag.strip().replace("_", "-").split("-", 1)[0].lower()
    return LANGUAGES.get(_OTHER_CODES.get(primary, primary))
