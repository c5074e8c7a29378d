"""Which actor issued a directive: its issuer resolved as the build resolves it, so that the id is in ``actors``."""

from __future__ import annotations

import pandas as pd

from loaders.actors import resolve_actors
from loaders.queries import Atlas
from loaders.records import ProvinceFact
from loaders.vocabulary import read_vocabulary


def issuer_actors(atlas: Atlas) -> dict[str, str]:
    """Directive id to the actor id of its issuer; a directive whose issuer is not stated or names no body is absent."""
    directives = atlas.table("directives")
    return issuer_ids(directives, frozenset(atlas.table("actors")["actor_id"]))


def issuer_ids(directives: pd.DataFrame, known: frozenset[str]) -> dict[str, str]:
    """The same from the table ``directives``, limited to actors that are ``known``."""
    slugs = {item["code"]: item["slug"] for item in read_vocabulary("provinces")}
    found = {}
    for row in directives.itertuples():
        if not row.issuer:
            continue
        province = ProvinceFact(row.province, row.province_code, slugs.get(row.province_code, ""))
        bodies = resolve_actors(row.issuer, province=province, branch=row.issuer_branch)
        body = next((item.actor_id for item in bodies if item.actor_id in known), "")
        if body:
            found[row.directive_id] = body
    return found
