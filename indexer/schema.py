"""Which fields an article goes to.

Each language has fields of its own, so that document frequencies, lengths and averages are those of that language
alone; all languages of the table have theirs in every index, so that `sync` can add articles in any of them.

    title_<code>, body_<code>   the words as written, but for case, at their positions

Which of them have a stem in common is not in the postings but in the lexicon (`lexicon.py`). Their terms are made by
our analysis; the field types are Whoosh's own, without analyzers, so that the schema it pickles into the index names
no class of ours.
"""

from whoosh import columns, fields, formats

from corpus import LANGUAGES

# Terms of one kind each, by which articles are found but not ranked.
ID = "id"
LANGUAGE = "language"
TOPICS = "topics"
WORK = "work"
# Columns only.
PUBLISHED = "published"
HASH = "hash"
# Which of them do not depend on an article's texts.
KEYWORDS = (ID, LANGUAGE, TOPICS, WORK, PUBLISHED)
# The whole article, for the page.
STORED = "article"


def title_field(language: str) -> str:
    """Return the name of the field of words in titles."""
    return f"title_{language}"


def body_field(language: str) -> str:
    """Return the name of the field of words in bodies."""
    return f"body_{language}"


def schema() -> fields.Schema:
    """Return the schema of every index of this format."""
    schema = fields.Schema(
        **{
            ID: _field(formats.Existence(), columns.VarBytesColumn()),
            LANGUAGE: _field(formats.Existence(), columns.RefBytesColumn()),
            TOPICS: _field(formats.Existence(), columns.RefBytesColumn()),
            WORK: _field(formats.Existence(), columns.VarBytesColumn()),
            # Days since the year 1; 0 is none.
            PUBLISHED: fields.COLUMN(columns.NumericColumn("i")),
            HASH: fields.COLUMN(columns.VarBytesColumn()),
            STORED: fields.STORED(),
        }
    )
    for code in LANGUAGES:
        schema.add(title_field(code), _field(formats.Positions(), scorable=True))
        schema.add(body_field(code), _field(formats.Positions(), scorable=True))
    return schema


def _field(format: formats.Format, column: columns.Column | None = None, scorable: bool = False) -> fields.FieldType:
    # Its values are lists of terms, which go past any analyzer; Whoosh's own annotations do not say that there need
    # be none, nor that `sortable` may be a column.
    return fields.FieldType(format, None, scorable=scorable, sortable=column or False)  # type: ignore[arg-type]
