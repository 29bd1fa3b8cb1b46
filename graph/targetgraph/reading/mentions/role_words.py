"""The words by which roles are told: cues, auxiliaries, participles, negations, verbs of getting and of giving."""

from __future__ import annotations

import re

from targetgraph.records.mentions import EXCLUDED

RESPONSIBLE, BENEFICIARY, OBJECT = "responsible", "beneficiary", "object"
PARTICIPANT, CHANNEL, PROVIDER, OWNER, UNSTATED = "participant", "channel", "provider", "owner", "unstated"

# Which cue speaks when several end at the same word: the longer one, then in this order.
CUES = (
    ("cue-exclusion", EXCLUDED, "excluded"),
    ("cue-including", "", "including"),
    ("cue-object", OBJECT, "object"),
    ("cue-source", PROVIDER, "giver-cue"),
    ("cue-agent", RESPONSIBLE, "agent"),
    ("cue-participant", PARTICIPANT, "participant-cue"),
    ("cue-channel", CHANNEL, "channel-cue"),
    ("cue-beneficiary", BENEFICIARY, "beneficiary-cue"),
    ("cue-naming", UNSTATED, "naming-cue"),
)
VERBS = ("checkable", "degree", "activity")
ADDRESSING = frozenset({"recommending", "permitting", "hedge-effort"})
CLAUSE = frozenset(".;:!?。；：！？؛؟")
MOST_UNKNOWN = 3
FARTHEST = 40
"""Words that are looked back through for one that governs: enough for any list, and few enough for any text."""

OF = frozenset({"of", "de", "du", "des", "d", "del"})
NEGATIONS = frozenset(
    {"no", "nothing", "none", "neither", "not", "nobody", "aucun", "aucune", "ningun", "ninguna", "никакой"}
)
NEGATED_VERBS = frozenset({"oblige", "require", "required", "bind", "affect", "apply", "concern", "demand", "report"})
PARTICIPLE = {
    "en": re.compile(
        r".*(?:ed|en)|made|set|put|held|kept|met|built|known|found|led|accessible|available|in|operational|free|open"
    ),
    "fr": re.compile(r".*(?:é|ée|és|ées|is|ise|ises|it|ite|its|ites|us|ue|ues|accessibles?|disponibles?)"),
    "es": re.compile(r".*(?:ado|ada|ados|adas|ido|ida|idos|idas|cho|cha|chos|chas|to|ta|tos|tas|accesibles?|disponibles?)"),
}  # fmt: skip
AUXILIARIES = {
    "en": frozenset({"is", "are", "be", "been", "being", "was", "were"}),
    "fr": frozenset({"est", "sont", "soient", "soit", "être", "seront", "sera"}),
    "es": frozenset({"son", "es", "sean", "ser", "serán", "será", "están", "está"}),
}
PROTECTED = re.compile(
    r"protect(?:ed)|trained|informed|supported|assisted|safeguarded|compensated|helped|empowered|educated|equipped|"
    r"consulted|shielded|enabled|heard|warned|provided|given|protég\w+|formé\w*|informé\w*|soutenu\w*|"
    r"aidé\w*|appuyé\w*|indemnisé\w*|protegid\w+|capacitad\w+|informad\w+|apoyad\w+|formad\w+"
)
CALLED = re.compile(
    r"encouraged|invited|urged|requested|required|obliged|expected|committed|able|called|asked|bound|responsible|"
    r"encouragé\w*|invité\w*|tenu\w*|priés?|exhorté\w*|appelé\w*|alentad\w+|invitad\w+|obligad\w+|instad\w+"
)
RECEIVES = frozenset(
    [
        "benefit",
        "receive",
        "gain",
        "enjoy",
        "beneficiar",
        "bénéficient",
        "reçoivent",
        "reciben",
        "benefician",
        "получают",
        "получает",
        "受益",
        "تستفيد",
        "have",
    ]
)
TOOLS = re.compile(
    r"toolbox|guidelines?|guidance|standards?|tools?|toolkits?|recommendations?|classifications?|conventions?|codes?|methods?|"
    r"directory|database|framework|programmes?|manual|resolutions?|decisions?|specifications?|lists?",
    re.IGNORECASE,
)
