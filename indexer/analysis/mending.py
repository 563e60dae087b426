"""Inflections that Snowball stems apart from the word they are of, spelled alike before it sees them.

A row `3: "ões>ão"` says that this ending becomes that one where 3 letters or more stand before it, and `"^men>man"`
that this whole word does. Of several endings of a word the longest counts, so a row that replaces one by itself keeps
it from a shorter one: Polish *granicy* (border) is not of *granik*. What a row says of letters with accents, it says
of them without, for readers who leave them out. A replacement need not be a word, only the same for all forms.

The rows are our own. Which inflections Snowball parts was found by stemming paradigms of career words, and what else a
row joins or parts was looked at in the words of novels. The paradigms, with those that still are parted, are in
tests/indexer/analysis/mended.toml.
"""

import re
from collections.abc import Mapping

from indexer.analysis.normalization import fold

# How many letters have to stand before an ending -> rows of endings, by language.
ENDINGS_MENDED: Mapping[str, Mapping[int, str]] = {
    "cs": {
        0: "smluv>smlouva ^firem>firma ^příjem>příjmu sester>sestra ^mzdy>mzda ^mzdu>mzda ^mzdě>mzda ^mzdou>mzda "
        "^mzdám>mzda ^mzdách>mzda ^mzdami>mzda ^mezd>mzda ^děti>dítě ^dětí>dítě ^dětem>dítě ^dětech>dítě ^dětmi>dítě",
    },
    "de": {
        # *Center* would find every *Cent*: a stem that no word has.
        0: "^cent>cent- ^cents>cent- "
        "^firma>firmen ^thema>themen ^konto>konten ^visum>visa ^museum>museen ^risiko>risiken ^boni>bonus "
        "praktika>praktikum zentrum>zentren gymnasium>gymnasien studium>studien stipendium>stipendien "
        "ministerium>ministerien kriterium>kriterien materialien>material "
        "kurs>kurse kurses>kurse büros>büro autos>auto fotos>foto videos>video studios>studio ^euros>euro "
        "interviews>interview "
        "kaufleute>kaufmann kaufleuten>kaufmann fachleute>fachmann fachleuten>fachmann "
        "gewinnen>gewinnen beginnen>beginnen sinnen>sinnen ösinnen>ösin prinzessinnen>prinzessin "
        "rinnen>rinnen erinnen>erin",
        4: "innen>in",
    },
    "en": {
        0: "^men>man ^women>woman ^wives>wife ^midwives>midwife ^housewives>housewife ^children>child ^shelves>shelf "
        "^crises>crisis ^curricula>curriculum policemen>policeman firemen>fireman craftsmen>craftsman "
        "salesmen>salesman tradesmen>tradesman businessmen>businessman handymen>handyman foremen>foreman "
        "chairmen>chairman servicemen>serviceman repairmen>repairman workmen>workman "
        "policewomen>policewoman businesswomen>businesswoman",
    },
    "es": {
        0: "^años>año ^días>día ^obras>obra ^altas>alta ^usos>uso ^artes>arte ^actas>acta ^ojos>ojo exámenes>examen "
        "jóvenes>joven imágenes>imagen orígenes>origen regímenes>régimen volúmenes>volumen resúmenes>resumen",
        1: "az>ac ez>ec iz>ic íz>ic oz>oc uz>uc",
    },
    "fr": {
        0: "travaux>travail ^emplois>emploi ^lois>loi ^délais>délai ^essais>essai ^défis>défi ^amis>ami ^soucis>souci "
        "^revenus>revenu ^envois>envoi ^tournois>tournoi ^contenus>contenu ^individus>individu ^reçus>reçu "
        "^inconnus>inconnu ^menus>menu ^appuis>appui ^lundis>lundi ^mardis>mardi ^mercredis>mercredi ^jeudis>jeudi "
        "^vendredis>vendredi ^samedis>samedi ^midis>midi ^lieux>lieu ^milieux>milieu ^jeux>jeu ^enjeux>enjeu "
        "^baux>bail ^matériau>matériaux vendeuse>vendeur vendeuses>vendeur coiffeuse>coiffeur coiffeuses>coiffeur "
        "serveuse>serveur serveuses>serveur chômeuse>chômeur chômeuses>chômeur travailleuse>travailleur "
        "travailleuses>travailleur développeuse>développeur développeuses>développeur chercheuse>chercheur "
        "chercheuses>chercheur livreuse>livreur livreuses>livreur danseuse>danseur danseuses>danseur",
        2: "trice>teur trices>teur",
        3: "gers>ger gère>ger gères>ger llers>ller llère>ller llères>ller",
    },
    "it": {
        0: "^anni>anno ^ore>ora ^usi>uso ^arti>arte uomini>uomo ^paghe>paga stipendi>stipendio benefici>beneficio "
        "ingegnere>ingegneri ^operai>operaio ^operaie>operaio gliere>gliere consigliere>consiglieri mpiere>mpiere",
        3: "iere>ieri",
    },
    "lt": {
        # Adjectives in the plural that the stemmer takes for infinitives; -mis for the end of an instrumental.
        0: "^aukšti>aukštas ^balti>baltas ^griežti>griežtas ^karšti>karštas ^paprasti>paprastas ^pikti>piktas "
        "^šalti>šaltas ^tvirti>tvirtas ^užimti>užimtas ^lanksti>lankstus ^privati>privatus ^sunki>sunkus "
        "algomis>alga sunkvežimis>sunkvežimio etate>etatas diplome>diplomas sertifikate>sertifikatas klimate>klimatas",
        # Snowball knows that these are of t and d, but not without accents.
        2: "čio>to čiui>tui čiu>tu čiai>tai čių>tų čiams>tams čius>tus čiais>tais čiuose>tuose "
        "džio>do džiui>dui džiu>du džiai>dai džių>dų džiams>dams džius>dus džiais>dais džiuose>duose",
    },
    "nl": {
        0: "verloven>verlof dagen>dag uitdagen>uitdagen ^slagen>slagen slagen>slag ^bedragen>bedrag ^steden>stad "
        "^leden>lid teamleden>teamlid gezinsleden>gezinslid kinderen>kind hoofden>hoofd medewerkster>medewerker "
        "medewerksters>medewerker",
    },
    "pl": {
        # What ends in -ek or -iec has no e in other forms: podatek, podatki.
        0: "^umów>umowa ^rozmów>rozmowa choroby>choroba premii>premia miesięcy>miesiąc miesiące>miesiąc "
        "miesiąca>miesiąc ^dni>dzień ^dnia>dzień ^tydzień>tygodni iek>iek nienawiści>nienawiść "
        "granicy>granica różnicy>różnica tajemnicy>tajemnica dzielnicy>dzielnica piwnicy>piwnica kamienicy>kamienica "
        "obietnicy>obietnica spódnicy>spódnica winnicy>winnica pszenicy>pszenica woźnicy>woźnica "
        "szefowie>szef inżynierowie>inżynier sędziowie>sędzia uczniowie>uczeń koledzy>kolega strażacy>strażak "
        "kandydaci>kandydat adwokaci>adwokat delegaci>delegat",
        2: "nicy>nik",
        3: "ek>ka iec>ca anci>ant enci>ent iści>ista torzy>tor sorzy>sor nerzy>ner jerzy>jer icieli>iciel ycieli>yciel",
    },
    "pt": {
        0: "^anos>ano ^dias>dia ^leis>lei ^obras>obra",
        1: "ceis>cil teis>til",
        2: "ões>ão ens>em",
        3: "ães>ão ais>al veis>vel éis>el ins>im uns>um",
        4: "óis>ol",
    },
    "ru": {
        0: "^дни>день ^дня>день ^дней>день ^дням>день ^днями>день ^днях>день рынок>рынка анец>анца авец>авца "
        "ладелец>ладельца",
    },
    "sv": {
        0: "mötena>möten yrkena>yrken ^året>år ^årets>år ^åren>år ^årens>år barnen>barn semestern>semester "
        "semestrar>semester scheman>schema intervjun>intervju kontoret>kontor kontoren>kontor kontorets>kontor "
        "sidan>sida resan>resa internet>internet "
        "man>man plan>plan kran>kran organ>organ roman>roman nästan>nästan likadan>likadan",
        2: "bbet>bb bbets>bb cket>ck ckets>ck rket>rk rkets>rk rnet>rn rnets>rn",
        4: "an>a",
    },
}


def mending_of(code: str) -> "Mending | None":
    """Return the mending of a language, None if it has none."""
    rows = ENDINGS_MENDED.get(code)
    return Mending(rows) if rows else None


class Mending:
    """The rows of one language. Safe to share between threads."""

    def __init__(self, rows: Mapping[int, str]) -> None:
        # All of it backwards, so that the search begins at the end of a word, which is quick to find.
        self._words: dict[str, str] = {}
        self._endings: dict[str, str] = {}
        least_before: dict[str, int] = {}
        for least, row in rows.items():
            for ending, other in (each.split(">") for each in row.split()):
                for old, new in {fold(ending): fold(other), ending: other}.items():
                    if old.startswith("^"):
                        self._words[old[:0:-1]] = new[::-1]
                    else:
                        self._endings[old[::-1]] = new[::-1]
                        least_before[old[::-1]] = least
        words = "|".join(self._words) or "(?!)"
        longest_first = sorted(least_before, key=len, reverse=True)
        endings = "|".join(rf"{old}(?=\w{{{least_before[old]}}})" for old in longest_first) or "(?!)"
        self._found = re.compile(rf"\n(?:({words})(?=\n|\Z)|({endings}))")

    def mended(self, forms: str) -> str:
        """Return forms, one or lines of them, with the endings replaced that the language's rows have."""
        return self._found.sub(self._replacement, "\n" + forms[::-1])[:0:-1]

    def _replacement(self, found: re.Match[str]) -> str:
        return "\n" + (self._words[found[1]] if found[1] else self._endings[found[2]])
