import hashlib
import unicodedata
from importlib.metadata import version

from corpus import LANGUAGES
from indexer.analysis import Analyzer, analysis_version
from indexer.analysis.version import RULES

# Every rule of tokenizer, normalization and elision has an example here; no character is younger than Unicode 3.2, so
# that every Python cuts them alike.
TEXTS = {
    "en": "Don’t call-center staff work 24/7? C++, C# and O*NET: U.S. R&D at 3.5 h, e-mail anna.k@example.org now. "
    "https://www.example.org/jobs?id=7 and/or node.js, soft\u00adware, 5'11, I'll, don´t donʼt don`t, cafe\u0301, "
    "oﬃce, ｃａｌｌ, x_y, 10:30.",
    "fr": "L’emploi d'aujourd’hui, qu'elle a négocié à Strasbourg, n'est pas l'œuvre d’un employé.",
    "it": "Dell'azienda un’offerta: quell'impiegato cambierà lavoro.",
    "ca": "L'empresa vol col·laborar amb els treballadors d'ací.",
    "tr": "IŞIK İŞVEREN ile çalışanların maaşı ısındı.",
    "pl": "Zażółć gęślą jaźń; pracowników łódzkiej firmy zwolniono.",
    "lt": "Darbuotojų skambučių centre įgūdžiai ir sutartys.",
    "de": "Straßenbahnfahrer-Gehälter 15,81 € und Mitarbeiterinnen.",
    "el": "Οι εργαζόμενοι και ο μισθός ΤΟΥΣ.",
    "ru": "Ёлка работников и собеседованием об'єкт.",
    "sr": "Радници ugovora послодавца.",
    "ar": "كِتَابٌ المهارات كـــتاب ١٥٫٨ موظفون.",
    "fa": "می\u200cخواهم کارمندان مهارت\u200cها علی.",
    "he": "צה״ל בית־ספר עוֹבֵד.",
    "hi": "नौकरियों की कर्मचारी ३.५ में।",
    "ta": "ஒப்பந்தங்கள் வேலையில்.",
    "th": "เงินเดือน ทำงาน น้ำ",
    "ja": "職場のストレス、カタカナ。IT企業で働く",
    "zh": "职业发展，职",
    "ko": "면접을 준비",
    "vi": "Tiếng Việt: lương.",
    "uk": "Працівників звільнено, навчаються навичок; чому?",
    "bg": "Работодателят плаща заплатите на служителите.",
    "sk": "Zamestnancov čaká výpoveď a školenie o mzdách.",
    "hr": "Radnicima su otkazani ugovori o poslovima.",
    "sl": "Delavcem odpovedo pogodbe o usposabljanju.",
    "lv": "Darbiniekiem prasmju apmācība un atvaļinājumi.",
    "be": "Працадаўцам патрэбныя навыкі супрацоўнікаў.",
    "mk": "Работниците ги потпишаа договорите.",
    "und": "Anything l'emploi " + "w" * 70 + " a-b-c-d-e-f-g-h-i.",
}
# The rules, and the digest of the tokens of TEXTS under them.
DIGEST = (4, "248f1c396c9be9f0")


def test_analysis_does_not_change_without_raising_its_rules() -> None:
    digest = hashlib.sha256()
    for code, text in TEXTS.items():
        for token in Analyzer(LANGUAGES[code]).tokens(text):
            digest.update(f"{code} {' '.join(map(str, token))}\n".encode())
    assert (RULES, digest.hexdigest()[:16]) == DIGEST, (
        "analysis gives other tokens than it did, or its rules were raised: indexes built before do not fit queries "
        "any more. If that is meant, raise RULES in indexer/analysis/version.py and write both values into DIGEST."
    )


def test_the_version_names_what_analysis_depends_on() -> None:
    found = analysis_version()
    assert f"rules {RULES}," in found
    assert f"PyStemmer {version('PyStemmer')}," in found
    assert f"Unicode {unicodedata.unidata_version}," in found


def test_the_digest_does_not_depend_on_the_unicode_tables_of_a_python() -> None:
    young = {char for text in TEXTS.values() for char in text if unicodedata.ucd_3_2_0.category(char) == "Cn"}
    assert young == set()
