"""What schemathesis cannot know of the API: rules between parameters, and that a batch fails item by item.

A schema says of each parameter by itself what is allowed. `schemathesis.toml` puts these two checks in the place of its
own, which are asked where nothing of this kind is at hand. So `st run` and the tests hold the service to the same.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import ceil
from typing import Any

import schemathesis
from jsonschema import Draft202012Validator
from schemathesis.specs.openapi.checks import negative_data_rejection, positive_data_acceptance

from corpus import Settings
from search.web.endpoints import ROOT
from search.web.openapi import document

BATCH = f"{ROOT}search:batch"


def broken_rules(asked: Mapping[str, Any]) -> set[str]:
    """Return the parameters that a rule between several forbids, where each by itself is as the schema has it."""
    broken = set()
    first, last = asked.get("from"), asked.get("to")
    if first and last and str(first) > str(last):
        broken.add("to")
    defaults = Settings()
    size = int(asked.get("size", defaults.page_size))
    if int(asked.get("page", 1)) > ceil(defaults.max_results / size):
        broken.add("page")
    if asked.get("cursor") is not None:
        broken.add("cursor")  # nobody makes up one that the service has given
    return broken


@schemathesis.check
def valid_data_is_accepted(ctx: Any, response: Any, case: Any) -> bool | None:
    """What the schema allows is answered, unless it breaks a rule between parameters, and nothing else is told."""
    if case.meta and case.meta.generation.mode.is_positive and response.status_code == 400:
        told = {fault["parameter"] for fault in response.json()["errors"]}
        if told and told <= broken_rules(case.query or {}):
            return None
    return positive_data_acceptance(ctx, response, case)


@schemathesis.check
def invalid_data_is_rejected(ctx: Any, response: Any, case: Any) -> bool | None:
    """What the schema does not allow is refused: of a batch, whatever is wrong with a search, in its place."""
    if (case.operation.path, case.method) == (BATCH, "POST") and response.status_code == 200:
        answers = response.json()["answers"]
        assert len(answers) == len(case.body["requests"])
        explained = 0
        for asked, answer in zip(case.body["requests"], answers, strict=True):
            valid = _search().is_valid(asked) and not broken_rules(asked)
            if valid and asked.get("explain"):
                hits = int(asked.get("size", Settings().page_size))
                valid = explained + hits <= Settings().max_page_size
                explained += hits if valid else 0
            assert answer["status"] == (200 if valid else 400), (asked, answer)
        return None
    return negative_data_rejection(ctx, response, case)


@lru_cache(maxsize=1)
def _search() -> Draft202012Validator:
    schema = document(Settings())["components"]["schemas"]["SearchQuestion"]
    return Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
