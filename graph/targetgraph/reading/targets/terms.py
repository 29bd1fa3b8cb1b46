"""The words by which lists and tables of targets are known, in the six UN languages.

Columns of the facilitative tables of the SAICM intersessional process, of the tables of the Global Framework on Chemicals and
of national action plans; translations are this project's own.
"""

from __future__ import annotations

TARGET_WORDS = (
    *("target", "targets", "goal", "goals"),
    *("cible", "cibles", "objectif", "objectifs"),
    *("meta", "metas"),
    *("цель", "цели", "целевой", "целевые", "задача", "задачи"),
    *("目标", "具体目标", "指标"),
    *("غاية", "غايات", "هدف", "أهداف"),
)
"""What a list of targets is introduced with."""

NUMBER_WORDS = ("target", "goal", "cible", "objectif", "meta", "цель", "задача", "目标", "具体目标", "غاية", "هدف")
"""What stands before the number of a target."""

COLUMN_TERMS: dict[str, tuple[str, ...]] = {
    "target": (
        *("target", "targets", "proposed target", "target text", "text of the target", "wording", "proposed wording"),
        *("draft target", "revised target", "goal", "new target", "commitment", "text", "proposed text"),
        *("cible", "cibles", "texte de la cible", "libellé", "cible proposée"),
        *("meta", "metas", "texto de la meta", "redacción"),
        *("цель", "целевой показатель", "задача", "формулировка"),
        *("目标", "具体目标", "案文"),
        *("الغاية", "الغايات", "الهدف", "النص"),
    ),
    "id": (
        *("no", "number", "id", "ref", "reference", "target number", "target no", "code", "item"),
        *("numéro", "n°", "référence", "número", "núm", "номер", "编号", "序号", "الرقم"),
    ),
    "objective": (
        *("objective", "strategic objective", "goal area", "theme", "area"),
        *(
            "objectif stratégique",
            "objetivo",
            "objetivo estratégico",
            "стратегическая цель",
            "战略目标",
            "الهدف الاستراتيجي",
        ),
    ),
    "actors": (
        *("actor", "actors", "responsible actor", "responsible actors", "proposed responsible actors", "responsible"),
        *("stakeholder", "stakeholders", "who", "lead", "responsibility", "responsible party", "implementing body"),
        *("acteur", "acteurs", "acteurs responsables", "responsables", "actores", "actores responsables"),
        *(
            "исполнители",
            "ответственные",
            "участники",
            "行为体",
            "负责方",
            "责任方",
            "الجهات الفاعلة",
            "الجهات المسؤولة",
        ),
    ),
    "indicators": (
        *("indicator", "indicators", "proposed indicators", "measure of success", "metric", "metrics"),
        *(
            "indicateur",
            "indicateurs",
            "indicador",
            "indicadores",
            "индикаторы",
            "показатели",
            "指标",
            "المؤشر",
            "المؤشرات",
        ),
    ),
    "milestones": (
        *("milestone", "milestones", "interim milestones", "step", "steps"),
        *("jalon", "jalons", "étapes", "hito", "hitos", "этапы", "вехи", "里程碑", "阶段性目标", "المعالم", "مراحل"),
    ),
    "deadline": (
        *("deadline", "by when", "date", "due", "due date", "timeline", "timeframe", "time frame", "year"),
        *("échéance", "délai", "plazo", "fecha límite", "срок", "сроки", "时限", "期限", "الموعد النهائي"),
    ),
    "sectors": (
        "sector",
        "sectors",
        "secteur",
        "secteurs",
        "sectores",
        "сектор",
        "секторы",
        "部门",
        "القطاع",
        "القطاعات",
    ),
    "comments": (
        *("comment", "comments", "remarks", "notes", "rationale", "observations", "justification", "explanation"),
        *(
            "commentaires",
            "remarques",
            "comentarios",
            "observaciones",
            "примечания",
            "комментарии",
            "备注",
            "评论",
            "ملاحظات",
        ),
    ),
}
"""Headings of columns by what they hold."""

ROLES = (*COLUMN_TERMS, "other")
"""What a column may be taken, or confirmed, to hold."""

BINDING_WORDS = (
    *("shall", "should", "must", "will", "may", "are to", "is to", "commit", "ensure", "achieve", "have adopted"),
    *("doivent", "devraient", "s'engagent", "veillent", "deben", "deberán", "deberían", "garantizar"),
    *("должны", "следует", "обеспечивают", "应", "应当", "须", "ينبغي", "يجب"),
)
"""Words of obligation or result that make a list item look like a target."""
