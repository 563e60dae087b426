"""Pages as data for machines: JSON-LD in the vocabulary of schema.org. Templates escape it (`tojson`)."""

from typing import Any

from flask import url_for

from corpus import UNDETERMINED
from corpus.markup import safe_link
from search.page import ArticlePage
from search.web.addresses import absolute
from search.web.naming import topic_name

_CONTEXT = "https://schema.org"


def site_data() -> dict[str, Any]:
    """Return the site, and how it is searched."""
    home = absolute(url_for("pages.home", ui=None, prefer=None))
    return {
        "@context": _CONTEXT,
        "@type": "WebSite",
        "name": "Karjera",
        "url": home,
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{home}?q={{search_term_string}}"},
            "query-input": "required name=search_term_string",
        },
    }


def article_data(page: ArticlePage, address: str) -> dict[str, Any]:
    """Return an article and its translations."""
    article = page.article
    data: dict[str, Any] = {
        "@context": _CONTEXT,
        "@type": "Article",
        "headline": article.title,
        "url": address,
        "mainEntityOfPage": address,
        "about": [topic_name(topic) for topic in article.topics],
    }
    if article.language != UNDETERMINED.code:
        data["inLanguage"] = article.language
    if article.published:
        data["datePublished"] = article.published.isoformat()
    if article.author:
        data["author"] = {"@type": "Person", "name": article.author}
    if safe_link(article.source):
        data["isBasedOn"] = article.source
    if page.translations:
        data["workTranslation"] = [
            {
                "@type": "Article",
                "headline": other.title,
                "inLanguage": other.language,
                "url": absolute(url_for("pages.article", id=other.id, ui=None, prefer=None)),
            }
            for other in page.translations
        ]
    return data
