"""The endings that `lightstemmer` takes off, a table a language, all without accents (й is и, ї is і, č is c).

What the languages inflect is in their grammars; how much of it to take off follows published light stemmers: Savoy,
"Searching strategies for the Bulgarian language" (2007), for Bulgarian and, of the same build, Macedonian; Dolamic and
Savoy, "Indexing and stemming approaches for the Czech language" (2009), for Slovak; Ljubešić and Pandžić, "Simple
stemmer for Croatian" (2012), for Croatian and Slovenian; Kreslins, "A stemming algorithm for Latvian" (1996); and
Porter's Russian one of Snowball for Ukrainian and Belarusian. The tables are our own, and are held against paradigms of
career words (tests/indexer/analysis/paradigms.toml).

In a table `3: "а ом"` says that these endings are taken off where 3 letters or more are left, and `"ц>к"` that one is
replaced. Two habits recur. *An ending of verbs that is also the end of nouns goes in two steps*: first the vowel, then
-ат or -ал, so that *кандидат, кандидати* stay together when *шукати, шукали* become *шук*. *What changes inside a stem
is made alike in all forms*, in those that never change too: -ець and -ця, -ок and -к, -ір and -ор. A row that
replaces a word by itself (`0: "вплив>вплив"`) keeps it from a shorter ending.
"""

from collections.abc import Mapping

# An ending -> (how many letters have to stand before it, what takes its place).
Step = Mapping[str, tuple[int, str]]

_CYRILLIC_CONSONANTS = "бвгджзклмнпрстфхцчшщјљњџ"
_LATIN_CONSONANTS = "bcdfghjklmnprstvz"


def _step(rows: Mapping[int, str]) -> dict[str, tuple[int, str]]:
    found: dict[str, tuple[int, str]] = {}
    for least, endings in rows.items():
        for row in endings.split():
            ending, _, replacement = row.partition(">")
            found[ending] = (least, replacement)
    return found


def _fleeting(consonants: str, vowels: str, before: str) -> dict[str, tuple[int, str]]:
    """Rows that drop a vowel between two consonants at the end of a stem: робітнок is робітнк."""
    return {
        first + vowel + last: (2, first + last) for first in consonants for vowel in vowels.split() for last in before
    }


def _changed(consonants: str, vowel: str, other: str, least: int) -> dict[str, tuple[int, str]]:
    """Rows that make one vowel of another before the last consonant of a stem."""
    return {vowel + last: (least, other + last) for last in consonants}


_UKRAINIAN = (
    _step({3: "ться", 4: "ся сь"}),
    _step(
        {
            0: "вплив>вплив вправ>вправ прояв>прояв успіх>успіх людеи>люд дітеи>діт",
            2: "а у и",
            3: "я ю і о е є ь ом ем єм им ім ою ею єю оі ам ям ах ях ами ями ів их іх ии іи ого ому ими іми еві єві "
            "ього ьому ьоі ьою ія іі ію ією іє іям іями іях ієві ієм іів "
            "аю аєш ає аємо аєте ають яю яєш яє яємо яєте яють ую уєш ує уємо уєте ують юю юєш ює юємо юєте юють "
            "еш емо ете уть ють иш ить имо ите ать ять іть ав яв ив ув аите аимо уите уимо "
            "увати ювати ував ював увала увало ували ювала ювало ювали "
            "атиме атимуть итиме итимуть ятиме ятимуть уватиме уватимуть",
            4: "еи ючи учи ячи ачи аючи уючи яючи авши ивши увавши",
        }
    ),
    _step({3: "ов ах"}),
    _step({4: "ам ем ом им іш"}),
    _step(
        {0: "багат>багат персонал>персонал правил>правил термінал>термінал формат>формат", 3: "ат ит ят ал ил ял іл"}
    ),
    _step({2: "енн>ен анн>ан янн>ян умінн>умін вмінн>вмін тт>т лл>л дд>д зз>з сс>с чч>ч жж>ж бл>б вл>в мл>м пл>п"}),
    _changed(_CYRILLIC_CONSONANTS, "і", "о", 2) | {"іст": (2, "ост")},
    _fleeting(_CYRILLIC_CONSONANTS, "о е", "кцлрн") | {"тижден": (0, "тижн")},
    _step({2: "ц>к з>г"}),
)

_BULGARIAN = (
    _step(
        {
            2: "а и е о",
            3: "я ъ ю ът ят ата ята ите ото ето ете ия ии ие ият ията иите ието иеи юто юта ютата ове овете еве евете "
            "иш им еш ем аш ам аме ате ат ах аха ахме ахте иха их ихме ихте аики аите "
            "ваше>в стта>ст щта>щ",
        }
    ),
    _step({0: "правил>правил", 2: "вал>в", 3: "ат ил", 4: "ам ем им"}),
    {"я" + c: (1, "е" + c) for c in _CYRILLIC_CONSONANTS} | {"яст": (1, "ест"), "цял": (0, "цял")},
    _fleeting(_CYRILLIC_CONSONANTS, "е ъ", "нцрлмк"),
    _step({2: "ц>к з>г"}),
)

_MACEDONIAN = (
    _step(
        {
            2: "а и е о",
            3: "от та>т иот ата ите ото ето ија ијата ии иите ие ието ови овите еви евите "
            "ам иш име ат аш аме ате еш еме ете ев еше еа",
        }
    ),
    _step({3: "ал ел ил", 4: "ам ем"}),
    _step({3: "ат от"}),
    _fleeting(_CYRILLIC_CONSONANTS, "е а о", "нцрлк"),
    _step({2: "ц>к"}),
)

_SLOVAK = (
    _step(
        {
            0: "centrum>centr riem>rm",
            2: "a y u",
            3: "e i o om em ou am ami ach och ia ie iu ii iam iami iach iou ej ym im ich ych ymi imi eho emu ieho iemu "
            "ovat ujem ujes uje ujeme ujete uju ujuci oval ovala ovali ovalo am as ame ate aju is ime ite iet",
            4: "mi ium ovia>ov",
        }
    ),
    _step({3: "ov"}),
    _step({4: "am em om im is as ejs"}),
    _step({0: "textil>textil", 3: "at it al il"}),
    _fleeting(_LATIN_CONSONANTS, "ie e o", "kcnlrmb")
    | {c + "iev": (2, c + "v") for c in _LATIN_CONSONANTS}
    | {"miezd": (0, "mzd")},
    _step({0: "tlac>tlac", 2: "ic>ik ac>ak oc>ok"}),
)

_CROATIAN = (
    _step(
        {
            0: "posao>posl stroj>stroj broj>broj",
            2: "a u",
            3: "e i o om em ama ima og oga omu ome im ih oj eg ao io oscu>ost iti imo ite is as amo ate am "
            "ajmo ajte ujmo ujte ujem ujes uje ujemo ujete uju "
            "ovati ovao ovala ovalo ovali ivati ivao ivala ivalo ivali",
            4: "ega emu",
        }
    ),
    _step(
        {
            2: "nij>n",
            3: "ov ev",
        }
    ),
    _step({0: "uredaj>uredaj postaj>postaj", 3: "aj", 4: "am em om im is as oj og oz"}),
    _step({0: "tekstil>tekstil racunal>racunal", 2: "enat>ent anat>ant ekat>ekt", 3: "at it al il"}),
    _step({1: "jac>jak odac>odatk adac>adatk ostac>ostatk"}),
    _fleeting(_LATIN_CONSONANTS, "a", "ckvlnr"),
    _step({2: "ic>ik sc>sk"}),
    _step({3: "z>g h>s"}),
)

_SLOVENIAN = (
    _step(
        {
            2: "a u",
            3: "e i o om em ih ah am ami ema ama oma im ima ega emu imi stjo>st edjo>ed stmi>st edmi>ed "
            "as amo ate ajo is imo ite ijo "
            "cijo>cij gijo>gij fijo>fij zijo>zij strijo>strij erijo>erij "
            "ujem ujes uje ujemo ujete ujejo ovati oval ovala ovali ovalo",
        }
    ),
    _step({3: "ov jev>j cev>c"}),
    _step({4: "am em om im is as ejs"}),
    _step({0: "zival>zival letal>letal svetil>svetil", 3: "at it al il"}),
    _step({2: "rj>r enj>nj"}),
    _fleeting(_LATIN_CONSONANTS, "e a", "cklnrv") | {c + "ij": (1, c + "j") for c in _LATIN_CONSONANTS},
)

_LATVIAN = (
    _step({3: "iem am em im as es is us os ai ei ie ais a e i u o s ajat ejat ijat"}),
    _step({3: "aj at ej et ij it az>ad ez>ed iz>id oz>od uz>ud itas>it", 4: "ak", 2: "mj>m pj>p bj>b vj>v"}),
)

_BELARUSIAN = (
    _step({4: "ся цца"}),
    _step(
        {
            2: "а у ы",
            3: "я ю і о е э ь ам ям ах ях амі ямі аи яи ою ею ім ым ых іх ага яга аму яму ую юю ая яя ае яе ыя "
            "ія іі ію іи іям іямі іях іяи ымі імі ем ом ау оу яу еу оуе>оу оуем>оу "
            "аваць уе уем уеш уюць авау авала авалі авало "
            "аю аеш аем аюць яю яеш яем яюць іу іш іце",
            4: "еи",
        }
    ),
    _step({0: "правіл>правіл фармат>фармат", 3: "ат ац яц іц ал ял іл оу", 4: "ам ом ем ым", 2: "цц>ц лл>л сс>с"}),
    _fleeting(_CYRILLIC_CONSONANTS, "а о е", "кцлрн"),
    _step({2: "дз>д"})
    | {c + "ц": (2, c + "к") for c in _CYRILLIC_CONSONANTS}
    | {v + "ц": (2, v + "т") for v in "аеіоуыэюя"},
)

# The name that a row of corpus/languages.py has for its stemmer -> its steps.
ENDINGS: dict[str, tuple[Step, ...]] = {
    "belarusian": _BELARUSIAN,
    "bulgarian": _BULGARIAN,
    "croatian": _CROATIAN,
    "latvian": _LATVIAN,
    "macedonian": _MACEDONIAN,
    "slovak": _SLOVAK,
    "slovenian": _SLOVENIAN,
    "ukrainian": _UKRAINIAN,
}
