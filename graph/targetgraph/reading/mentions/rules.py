"""The rules by which mentions, roles and deadlines are found: what each says, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name in results, what it says, and its source (``own`` where there is none but this project)."""

    name: str
    says: str
    source: str = "own"


_SKOS = "SKOS Reference (W3C 2009), section 5"
_CASE = "after C. J. Fillmore, The Case for Case (1968)"

RULES = {
    rule.name: rule
    for rule in (
        Rule("label", "The words are a label of the concept, up to inflection; the longest label wins.", _SKOS),
        Rule("hidden-label", "The words are a hidden label: one that is used for the concept, but not only.", _SKOS),
        Rule(
            "abbreviation",
            "An abbreviation that the text itself gives in parentheses behind a name it has used.",
            "after A. Schwartz and M. Hearst, A simple algorithm for identifying abbreviation definitions (PSB 2003)",
        ),
        Rule(
            "coordination",
            "Parts joined by commas or a conjunction share a word: “health and labour authorities” names two.",
            "after R. Quirk et al., A Comprehensive Grammar of the English Language (1985), chapter 13 (ellipsis)",
        ),
        Rule("in-context", "An everyday word that counts because of what stands beside it."),
        Rule("two-kinds", "The words are a label of two vocabularies, and nothing beside them decides."),
        Rule("sdg-number", "A goal or target of the 2030 Agenda by its number.", "A/RES/71/313, annex (numbering)"),
        Rule("document-symbol", "A document by its symbol or the number of a resolution."),
        Rule("scope-phrase", "Waste named only in the set phrase of the framework's title."),
        Rule("subject", "First in its clause, before the verb: it acts.", _CASE + " (agentive)"),
        Rule("agent", "Behind “by” in a passive sentence: it acts.", _CASE + " (agentive)"),
        Rule("addressed", "Called on, encouraged or invited to act.", _CASE + " (agentive)"),
        Rule("coordinate-clause", "Behind a conjunction, where no word governs it: a second subject.", _CASE),
        Rule("passive-subject", "Subject of a passive verb: it is acted on.", _CASE + " (objective)"),
        Rule("protected-subject", "Subject of a verb of protecting, helping or receiving: it benefits.", _CASE),
        Rule("beneficiary-cue", "Behind a word such as “for”, “support” or “capacity of”: it benefits.", _CASE),
        Rule("participant-cue", "Behind a word such as “with” or “among”: it takes part.", _CASE + " (comitative)"),
        Rule("channel-cue", "Behind a word such as “through”: the way by which something is done.", _CASE),
        Rule("giver-cue", "Behind “from”, with something received: it provides.", _CASE + " (source)"),
        Rule("object", "Behind a verb that does something to it.", _CASE + " (objective)"),
        Rule("naming-cue", "Behind a word such as “in” or “according to”: merely named."),
        Rule("owner", "Before a tool, standard or guide, or behind one and “of”: whose it is."),
        Rule("including", "An example of the group named before: it has that group's role."),
        Rule("excluded", "Behind a word such as “excluding” or “without”, or under a negation: left out."),
        Rule("dative", "In the dative: it receives.", "L. Dolamic and J. Savoy (2009), list of endings"),
        Rule("undecided", "No rule applies: merely named."),
        Rule("date-by", "A year, or a day of it, behind a word that sets a limit."),
        Rule("date-alternatives", "Several years in brackets, side by side, behind a word that sets a limit."),
        Rule("period-end", "The second year of a period."),
        Rule("span", "A length of time within which something is due."),
    )
}
