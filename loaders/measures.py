"""Measures: passages that order or ask for one of the thirty codes, with stance, binding, scope, level and regime.

Reads the body of a document and ``data/vocabulary/measures*.yaml``. One pass of an Aho-Corasick automaton over the
words finds the phrases; the conditions of a rule are looked at only in the clause where one fired. What orders nothing
is left out (:mod:`loaders.contexts`). Source of the rules: the codebook, sections 1 to 3.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass, replace
from functools import lru_cache

import ahocorasick_rs

from loaders.clauses import Words, read_words
from loaders.contexts import mask_text, mask_words, spoken_spans
from loaders.fold import Text, fold
from loaders.measures_levels import closing_level, people_level
from loaders.measures_rules import Rule, read_rules
from loaders.phrases import Phrases, compile_any, fold_phrase, literal_runs
from loaders.quotes import Clause, cut_quote, read_clause
from loaders.records import Header, Measure, Provision, Zones
from loaders.scopes import Reach, every_trade, is_partial, names_everyone, parse_scope, read_reach
from loaders.spelling import MASK, mask_alike, read_shadow
from loaders.stances import parse_binding, parse_change, parse_stance, parse_target, parse_tier
from loaders.vocabulary import read_vocabulary

_NEAR = 170  # characters to either side within which the condition of a rule is looked for


@dataclass(frozen=True, slots=True)
class _Hit:
    rule: Rule
    clause: int
    start: int
    end: int


# a rule, the phrase of it that the anchor stands in, and whether the anchor begins the phrase
_Owner = tuple[Rule, Phrases, bool]


@dataclass(frozen=True, slots=True)
class _Matcher:
    """``owners[i]`` are the phrases that anchor ``i`` may begin; none: the anchor is a name that orders nothing."""

    automaton: ahocorasick_rs.AhoCorasick
    owners: list[list[_Owner]]


def match_measures(
    text: Text, zones: Zones, provisions: tuple[Provision, ...], header: Header | None = None
) -> tuple[Measure, ...]:
    """Coded passages of the body, in text order: one row a sentence, code and stance.

    Parameters
    ----------
    header
        Of the document, whose issuer and subject say how far its orders reach; None where it is not known.

    Returns
    -------
    tuple of Measure
        ``start``/``end`` cover the phrase that orders it (4 to 40 words, up to 60 where a clause is one piece).
        ``level`` only where the wording settles it; ``tier`` where the passage names a regime of ``regimes.yaml``.
    """
    body = zones.body
    if body.end <= body.start:
        return ()
    words = read_words(text, mask_text(read_shadow(text), body), body.start, body.end)
    matcher = _matcher()
    anchors = matcher.automaton.find_matches_as_indexes(words.string, overlapping=True)
    names = [(start + 1, end) for index, start, end in anchors if not matcher.owners[index]]
    masked = mask_words(words, names)
    words = replace(words, string=masked, printed=mask_alike(words.printed, masked))
    spoken = spoken_spans(text, zones, provisions, words)
    chosen = _hits(words, anchors)
    _spread_grades(words, chosen)
    best: dict[tuple[int, str, str, str], _Hit] = {}
    taken: dict[tuple[int, str], list[_Hit]] = {}
    for hit in sorted(chosen.values(), key=lambda hit: (hit.clause, hit.rule.rank)):
        offset = words.raw(hit.start)
        if any(start <= offset < end for start, end in spoken):
            # "F1 được cách ly tại nhà" loosens; the word "cách ly" in it is no order of its own
            earlier = taken.setdefault((hit.clause, hit.rule.code), [])
            if any(other.start < hit.end and hit.start < other.end for other in earlier):
                continue
            earlier.append(hit)
            stance = _stance(words, hit)
            place = (words.sentences[hit.clause], hit.rule.code, stance, _tier(words, hit))
            if place not in best or _outranks(hit, best[place]):
                best[place] = hit
    # a sentence that names a regime is about it throughout; one that names two puts each in force somewhere
    named = {place[:3] for place in best if place[3]}
    best = {place: found for place, found in best.items() if place[3] or place[:3] not in named}
    read: dict[int, Clause] = {}
    reach = read_reach(text, header)
    found = (_measure(text, words, hit, stance, reach, read) for (_, _, stance, _), hit in best.items())
    return tuple(sorted(found, key=lambda item: (item.start, item.end, item.code, item.stance)))


def _outranks(hit: _Hit, other: _Hit) -> bool:
    """Of two passages of a sentence the stricter one is kept, of two rules in a clause the one that stands first."""
    stricter = (hit.rule.level or 0) - (other.rule.level or 0)
    return stricter > 0 if hit.clause != other.clause and stricter else hit.rule.rank < other.rule.rank


# -- vocabulary -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=1)
def _matcher() -> _Matcher:
    """Automaton over the names of ``contexts`` and the anchors: of each phrase the rarest, longest run of words."""
    owners: dict[str, list[_Owner]] = {}
    lists = read_vocabulary("measures")["lists"]
    common = {fold_phrase(phrase) for phrase in read_vocabulary("measures")["common"]}
    for rule, entry in read_rules():
        for phrase in entry["any"]:
            runs = literal_runs(phrase)
            chosen = max(runs, key=lambda run: (common.isdisjoint(run), min(map(len, run))))
            heads = chosen is runs[0] and not phrase.startswith(("…", "#")) and phrase.split()[0] not in lists
            for anchor in chosen:
                owners.setdefault(f" {anchor} ", []).append((rule, Phrases([phrase]), heads))
    contexts = read_vocabulary("measures")["contexts"]
    for phrase in (*contexts["names"], *contexts["phrases"]):
        for run in literal_runs(phrase):
            owners.update({f" {name} ": [] for name in run})
    anchors = sorted(owners)
    return _Matcher(ahocorasick_rs.AhoCorasick(anchors), [owners[anchor] for anchor in anchors])


# -- hits -------------------------------------------------------------------------------------------------------------


def _hits(words: Words, anchors: list[tuple[int, int, int]]) -> dict[tuple[int, str], _Hit]:
    """For each clause and rule the passage that counts: the first that stands outside a heading, else the first."""
    owners, string, printed = _matcher().owners, words.string, words.printed
    chosen: dict[tuple[int, str], _Hit] = {}
    ranks: dict[tuple[int, str], tuple[bool, int]] = {}
    known: dict[tuple[str, int], bool] = {}
    for index, start, end in anchors:
        if not owners[index] or string.find(MASK, start, end) >= 0:
            continue
        clause = words.clause(start + 1)
        first, last = _clause_bounds(words, clause)
        for rule, phrase, heads in owners[index]:
            key = (clause, rule.rule_id)
            rank = ranks.get(key, _LAST)
            if heads:
                if rank <= (False, start + 1):
                    continue
                found = phrase.compiled.match(printed, start + 1, min(last, end + _NEAR))
            else:
                found = _around(phrase.compiled, printed, max(first, start - _NEAR), min(last, end + _NEAR), start, end)
            if not found:
                continue
            begin, stop = found.span()
            if rank > (False, begin) and _holds(words, rule, clause, begin, stop, known):
                hit = _Hit(rule, clause, begin, stop)
                if (own := (_in_heading(words, hit), begin)) < rank:
                    chosen[key], ranks[key] = hit, own
    return chosen


_LAST = (True, sys.maxsize)  # behind whatever passage there is


def _around(pattern: re.Pattern[str], string: str, low: int, high: int, start: int, end: int) -> re.Match[str] | None:
    """First match of a phrase with gaps in the clause that covers its anchor."""
    for found in pattern.finditer(string, low, high):
        if found.end() > start + 1:
            return found if found.start() < end else None
    return None


def _clause_bounds(words: Words, clause: int) -> tuple[int, int]:
    end = words.bounds[clause + 1] + 1 if clause + 1 < len(words.bounds) else len(words.string)
    return words.bounds[clause], end


# "Quán bar, karaoke: cấp 1 được mở; cấp 3, cấp 4 ngừng hoạt động": the head names what each item says how
_GRADED = re.compile(
    r" (?:- )?(?:(?:o|tai|doi voi|voi) )?(?:(?:cac )?(?:dia ban|vung|noi|khu vuc|xa|phuong) )?(?:co )?"
    r"(?:cap(?: do)? (?:dich )?\d|(?:mau |vung )?(?:xanh|vang|cam|đỏ) ) ?"
)
_ORDERS = re.compile(
    _GRADED.pattern
    + r"| (?:- )?(?:tiep tuc |yeu cau )?(?:tam )?(?:dừng|ngừng|cấm|đong cua|dong cua|dinh chi|khong duoc"
    r"|chi (?!dao |cuc |tieu |tra )|duoc phep|cho phep|duoc mở|khong qua) "
)


def _spread_grades(words: Words, chosen: dict[tuple[int, str], _Hit]) -> None:
    """Add passages of what a head names: one for each item that begins with a level of the epidemic and says how it is
    stopped or opened there. A head that says nothing itself is left out for them."""
    string = words.string
    for key, hit in tuple(chosen.items()):
        first, last = _clause_bounds(words, hit.clause)
        if hit.rule.code not in _GRADED_CODES or hit.rule.stance or string.find(" : ", hit.end - 1, last) < 0:
            continue
        items = {}
        for clause in range(hit.clause + 1, len(words.bounds)):
            start, end = _clause_bounds(words, clause)
            head = words.heads[clause]
            if not head or head[0] != first:
                break
            graded = (clause, key[1]) not in chosen and _GRADED.match(string, start)
            if graded and _list_heads().search(string, start, end):
                stop = start + len(string[start:end].rstrip(" ;.:-\n")) + 1
                begin = start + 3 if string.startswith(" - ", start) else start + 1
                items[(clause, key[1])] = replace(hit, clause=clause, start=begin, end=stop)
        if items and not _list_heads().search(string, first, last):
            del chosen[key]
        chosen |= items


_GRADED_CODES = frozenset(["schools", "workplaces", "public_events", "transport"])
_DONE = tuple(
    f" {form} "
    for words in ("đã", "đã được", "đang", "đang được", "từng", "chưa", "chưa được", "hiện đã")
    for form in (words, fold(words))
)
_LEFT = 80  # characters directly before a phrase that its rule may ask about


def _holds(words: Words, rule: Rule, clause: int, start: int, end: int, known: dict[tuple[str, int], bool]) -> bool:
    string = words.printed
    first, last = _clause_bounds(words, clause)
    before = string[max(first, start - _LEFT) : start]
    if before.endswith(_DONE):
        return False
    if rule.left and not rule.left.compiled.search(before):
        return False
    if rule.unless_left and rule.unless_left.compiled.search(before):
        return False
    low, high = max(first, start - _NEAR), min(last, end + _NEAR)
    if rule.unless_right and rule.unless_right.compiled.match(string, end, high):
        return False
    if last - first > _NEAR:
        return _conditions(words, rule, clause, low, high)
    key = (rule.rule_id, clause)
    if key not in known:
        known[key] = _conditions(words, rule, clause, first, last)
    return known[key]


def _conditions(words: Words, rule: Rule, clause: int, low: int, high: int) -> bool:
    """Whether the words from ``low`` to ``high``, or those that open the list, meet what the rule asks of a clause."""
    string, head = words.printed, words.heads[clause]
    for asked in filter(None, (rule.near, rule.also)):
        condition = asked.compiled
        if not condition.search(string, low, high) and not (head and condition.search(string, *head)):
            item = _first_order(words, clause)
            if not item or not condition.search(string, *item):
                return False
    if rule.sentence and not rule.sentence.compiled.search(string, _sentence_start(words, clause), high):
        return False
    if not rule.unless:
        return True
    unless = rule.unless.compiled
    return not unless.search(string, low, high) and not (head and unless.search(string, *head))


def _first_order(words: Words, clause: int) -> tuple[int, int] | None:
    """First item that says at its beginning how to stop or open what the clause, its head, names."""
    if clause + 1 >= len(words.bounds):
        return None
    first = words.bounds[clause]
    for item in range(clause + 1, min(clause + 5, len(words.bounds))):
        head = words.heads[item]
        if not head or head[0] != first:
            return None
        start, end = _clause_bounds(words, item)
        if _ORDERS.match(words.string, start):
            return start, end
    return None


def _sentence_start(words: Words, clause: int) -> int:
    while clause and words.sentences[clause - 1] == words.sentences[clause]:
        clause -= 1
    return words.bounds[clause]


def _in_heading(words: Words, hit: _Hit) -> bool:
    """Whether the passage lies in "Về …:", the heading of what is ordered behind the colon."""
    first, last = _clause_bounds(words, hit.clause)
    return words.string.startswith((" ve ", " - ve "), first) and words.string.find(" : ", hit.end - 1, last) >= 0


def _stance(words: Words, hit: _Hit) -> str:
    first, last = _clause_bounds(words, hit.clause)
    if hit.rule.stance:
        goes_on = hit.rule.stance == "tighten" and words.string.find(" tiep tuc ", first, hit.start) >= 0
        return "maintain" if goes_on else hit.rule.stance
    if hit.rule.code == "stay_at_home" and (change := parse_change(words.string[first:last])):
        return change
    before = _head(words, hit, first) + words.printed[first : hit.start]
    return parse_stance(hit.rule.code, before, words.printed[hit.start : hit.end], words.printed[hit.end : last])


def _tier(words: Words, hit: _Hit) -> str:
    """Regime that the clause of a stay-at-home order names."""
    return (
        parse_tier(words.string[slice(*_clause_bounds(words, hit.clause))]) if hit.rule.code == "stay_at_home" else ""
    )


def _measure(text: Text, words: Words, hit: _Hit, stance: str, reach: Reach, read: dict[int, Clause]) -> Measure:
    rule = hit.rule
    first, last = _clause_bounds(words, hit.clause)
    before, inside = words.printed[first : hit.start], words.printed[hit.start : hit.end]
    tier = _tier(words, hit)
    level = rule.level
    if rule.people:
        level = people_level(words.string[max(first, hit.start - 40) : min(last, hit.end + 40)])
    elif rule.closes:
        level = closing_level(words.printed[first : last + 1] + _head(words, hit, first))
    if tier == "CT16" and level is None:
        level = 2
    if stance == "relax":
        level = None
    scope = _scope(text, words, hit, tier, reach)
    start, end = _quote(text, words, hit, read)
    return Measure(
        code=rule.code,
        stance=stance,
        binding=rule.binding or parse_binding(rule.code, before, inside),
        scope=scope,
        level=level,
        tier=tier,
        target=parse_target(text.raw[start:end], text.folded[start:end]),
        rule_id=rule.rule_id,
        confidence=rule.confidence,
        start=start,
        end=end,
    )


def _scope(text: Text, words: Words, hit: _Hit, tier: str, reach: Reach) -> str:
    """Scope by the words of the clause near the passage; a regime, or an order to the people, without a place holds
    for all."""
    first, last = _clause_bounds(words, hit.clause)
    low, high = max(first, hit.start - _NEAR), min(last, hit.end + _NEAR)
    near = words.string[low:high]
    if hit.rule.scope == "general" and is_partial(hit.rule.code, near, reach):
        return "targeted"
    if hit.rule.scope:
        return "" if hit.rule.code == "workplaces" and every_trade(near) else hit.rule.scope
    head = words.heads[hit.clause]
    for begin, stop in [(low, high), *([head] if head else [])]:
        start, end = words.raw(begin + 1), words.raw(stop - 1)
        string = words.string[begin:stop]
        scope = parse_scope(hit.rule.code, string, text.raw[start:end], text.folded[start:end], reach)
        if scope:
            return scope
    if hit.rule.code != "stay_at_home":
        return ""
    return "general" if tier == "CT16" or (hit.rule.level and names_everyone(near)) else ""


@lru_cache(maxsize=1)
def _list_heads() -> re.Pattern[str]:
    return compile_any(["STOP", "RELAX"])


def _head(words: Words, hit: _Hit, first: int) -> str:
    """Words that open the list the clause is an item of, where they stop or allow what it lists."""
    head = words.heads[hit.clause]
    if not head or head[0] == first:
        return ""
    string = words.printed[head[0] : head[1]]
    return string if _list_heads().search(string) else ""


def _quote(text: Text, words: Words, hit: _Hit, read: dict[int, Clause]) -> tuple[int, int]:
    """Span of the phrase that orders it (:mod:`loaders.quotes`); ``read`` holds the clauses that are read already."""
    clause = read.get(hit.clause)
    if clause is None:
        first, last = _clause_bounds(words, hit.clause)
        clause = read_clause(text.raw, text.folded, words.raw(first + 1), words.raw(last - 1))
        read[hit.clause] = clause
    return cut_quote(text.raw, clause, words.raw(hit.start), words.raw(hit.end - 2) + 1)
