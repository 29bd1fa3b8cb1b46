"""A world small enough to work out by hand, written out as triples."""

from __future__ import annotations

from rdflib import Graph

PREFIXES = """
PREFIX oa: <http://www.w3.org/ns/oa#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX sh: <http://www.w3.org/ns/shacl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tg: <https://w3id.org/targetgraph/ontology#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
PREFIX : <urn:x:>
"""
# everybody (a catch-all) > business > firms > [acme, a body]; everybody > states; alone stands by itself.
VOCABULARIES = """
:everybody a tg:ActorCategory ; skos:inScheme :actors ; tg:isUmbrella true .
:business a tg:ActorCategory ; skos:inScheme :actors ; tg:isUmbrella false ; skos:broader :everybody .
:firms a tg:ActorCategory ; skos:inScheme :actors ; skos:broader :business .
:states a tg:ActorCategory ; skos:inScheme :actors ; skos:broader :everybody .
:alone a tg:ActorCategory ; skos:inScheme :actors .
:acme a tg:Organisation ; skos:inScheme :actors ; skos:broader :firms .
:making a tg:LifeCycleStage ; skos:inScheme :stages .
:burning a tg:LifeCycleStage ; skos:inScheme :stages ; skos:broader :waste .
:waste a tg:LifeCycleStage ; skos:inScheme :stages .
:sdg12 a tg:SdgGoal ; skos:inScheme :sdgs .
:sdg12.4 a tg:SdgTarget ; skos:inScheme :sdgs ; skos:broader :sdg12 .
:sdg7 a tg:SdgGoal ; skos:inScheme :sdgs .
:count a tg:Indicator ; skos:inScheme :indicators ; tg:adoptionStatus tg:AdoptedIndicator .
:guess a tg:Indicator ; skos:inScheme :indicators ; tg:adoptionStatus tg:CandidateProxy .
"""
_DIMENSION = """
tg:{name}Dimension a tg:Dimension ; tg:code "{code}" ; tg:rowClass tg:Target ; tg:columnClass tg:{column} ;
    tg:columnScheme :{scheme} ; tg:evidencePath [ sh:inversePath tg:linkSubject ] ; tg:columnPath tg:{path} ;
    tg:rollUp skos:broader ; tg:assessed {assessed} .
"""
DIMENSIONS = (
    "".join(
        _DIMENSION.format(name=name, code=code, column=column, scheme=scheme, path=path, assessed=assessed)
        for name, code, column, scheme, path, assessed in [
            ("Actor", "actors", "ActorCategory", "actors", "actor", "true"),
            ("Mention", "mentions", "ActorCategory", "actors", "actor", "true"),
            ("Stage", "stages", "LifeCycleStage", "stages", "stage", "false"),
            ("Goal", "goals", "SdgGoal", "sdgs", "sdg", "true"),
            ("SdgTarget", "sdgs", "SdgTarget", "sdgs", "sdg", "true"),
            ("Indicator", "indicators", "Indicator", "indicators", "indicator", "true"),
        ]
    )
    + """
tg:ActorDimension tg:evidenceFilter [ sh:path tg:role ; sh:in ( tg:Responsible tg:Provider ) ] .
tg:GoalDimension tg:acceptsJudgement true .
"""
)
FRAMEWORK = """
:O a tg:Objective ; tg:inFramework :F .
:T1 a tg:Target ; tg:inFramework :F ; tg:underObjective :O .
:T2 a tg:Target ; tg:inFramework :F ; tg:underObjective :O .
:old tg:wordingOf :T1 .
:new tg:wordingOf :T1 ; prov:wasRevisionOf :old .
:bracket a tg:Passage , tg:BracketedPassage ; oa:hasSource :new .
:stress a tg:Passage , tg:EmphasisedPassage ; oa:hasSource :new .
"""
ACTORS = "https://w3id.org/targetgraph/ontology#ActorDimension"
STAGES = "https://w3id.org/targetgraph/ontology#StageDimension"
INDICATORS = "https://w3id.org/targetgraph/ontology#IndicatorDimension"
ADOPTED = "https://w3id.org/targetgraph/ontology#AdoptedIndicator"
NAMED = "tg:role tg:Responsible ; tg:basis tg:NamedInText"
MEANT = "tg:role tg:Responsible ; tg:basis tg:Implied"


def world(triples: str, framework: str = FRAMEWORK) -> Graph:
    graph = Graph()
    text = PREFIXES + VOCABULARIES + DIMENSIONS + framework + triples
    return graph.parse(data=text, format="turtle")


def x(name: str) -> str:
    return f"urn:x:{name}"


def actor_link(name: str, actor: str, facts: str = NAMED, target: str = "T1") -> str:
    return f":{name} tg:linkSubject :{target} ; tg:actor :{actor} ; {facts} .\n"


def record(name: str, about: str, result: str, concept: str = "") -> str:
    only = f"; tg:assessedConcept :{concept}" if concept else ""
    return (
        f":{name} a tg:Assessment ; tg:assesses :{about} ; tg:onDimension tg:ActorDimension ;"
        f" tg:assessmentResult tg:{result} {only} .\n"
    )
