"""HermiT and Pellet, as they come with owlready2, each call in a process that can be stopped.

HermiT: B. Glimm, I. Horrocks, B. Motik, G. Stoilos, Z. Wang, *HermiT: An OWL 2 Reasoner*, JAR 53, 2014. Pellet: E. Sirin,
B. Parsia, B. Cuenca Grau, A. Kalyanpur, Y. Katz, *Pellet: A practical OWL-DL reasoner*, JWS 5, 2007.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from rdflib import Graph

from targetgraph.errors import ResourceMissing, TargetGraphError
from targetgraph.reasoning.owl_worker import INCONSISTENT

ENGINES = ("hermit", "pellet")


class ReasonerMissing(ResourceMissing):
    """Java or owlready2 is not there."""


class ReasonerStopped(TargetGraphError):
    """A reasoner met its limit of time or memory, or could not read what it was handed."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one call of a reasoner may use: seconds, and megabytes of Java's heap."""

    seconds: float = 120.0
    megabytes: int = 1000


def require() -> str:
    """Path of Java.

    Raises
    ------
    ReasonerMissing : there is no Java, or no owlready2.
    """
    java = shutil.which("java")
    if java is None:
        raise ReasonerMissing(
            "HermiT and Pellet need Java, which is not on the PATH",
            remedy="install a Java runtime (apt-get install default-jre-headless), or use --engine rl",
        )
    if find_spec("owlready2") is None:
        raise ReasonerMissing("owlready2 is not installed", remedy="pip install owlready2, or use --engine rl")
    return java


def name_and_version(engine: str) -> str:
    """A reasoner as provenance names it."""
    return f"{'Pellet' if engine == 'pellet' else 'HermiT'} of owlready2 {version('owlready2')}"


def classify(ntriples: bytes, engine: str = "hermit", limits: Limits | None = None) -> Graph | None:
    """Inferred superclasses, equivalences and types; None where the statements contradict each other.

    An unsatisfiable class comes back as equivalent to ``owl:Nothing``.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    require()
    limits = limits or Limits()
    with tempfile.TemporaryDirectory(prefix="targetgraph-reason-") as folder:
        source, output = Path(folder) / "given.nt", Path(folder) / "inferred.nt"
        source.write_bytes(ntriples)
        module = ["-m", "targetgraph.reasoning.owl_worker"]
        done = _run([sys.executable, *module, str(source), engine, str(limits.megabytes), str(output)], limits, engine)
        if done.returncode == INCONSISTENT:
            return None
        if done.returncode:
            raise ReasonerStopped(
                f"{engine} failed: {_last(done.stderr)}", remedy="try the other engine, or --engine rl"
            )
        return Graph().parse(output, format="nt")


def consistent(ntriples: bytes, limits: Limits | None = None) -> bool:
    """Whether statements can all be true, by HermiT; faster than `classify`, which says much more.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    return first_inconsistent([ntriples], limits) is None


def first_inconsistent(theories: Sequence[bytes], limits: Limits | None = None) -> int | None:
    """The first of several sets of statements (N-Triples) that cannot all be true, counted from 0; None where each can.

    One run of Java for all: HermiT takes them in their order and stops at the first contradiction.

    Raises
    ------
    ReasonerMissing, ReasonerStopped
    """
    limits = limits or Limits()
    if not theories:
        return None
    with tempfile.TemporaryDirectory(prefix="targetgraph-reason-") as folder:
        paths = [Path(folder) / f"{n}.nt" for n in range(len(theories))]
        for path, ntriples in zip(paths, theories, strict=True):
            path.write_bytes(ntriples)
        done = _run([*hermit_command(limits), "-k", *(path.as_uri() for path in paths)], limits, "hermit")
    passed = done.stdout.count(b"owl#Thing is satisfiable.")
    if passed == len(theories):
        return None
    told = done.stdout + done.stderr
    if b"InconsistentOntologyException" in told or b"is not satisfiable" in told:
        return passed
    raise failure(told)


def hermit_command(limits: Limits) -> list[str]:
    """How HermiT's own command line is started.

    Raises
    ------
    ReasonerMissing
    """
    java = require()
    from owlready2 import reasoning

    options = [f"-Xmx{limits.megabytes}M", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    return [java, *options, "-cp", reasoning._HERMIT_CLASSPATH, "org.semanticweb.HermiT.cli.CommandLine"]


def failure(told: bytes) -> ReasonerStopped:
    """The error for a HermiT that ended without an answer, by what it told."""
    if b"OutOfMemoryError" in told:
        return ReasonerStopped(
            "HermiT needed more memory than it was given", remedy="raise --memory, or use --engine rl"
        )
    return ReasonerStopped(f"HermiT failed: {_last(told)}", remedy="use --engine rl")


def _run(command: list[str], limits: Limits, engine: str) -> subprocess.CompletedProcess[bytes]:
    """Run in a process group of its own, and stop the whole group when its time is up."""
    process = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=os.name == "posix"
    )
    try:
        out, err = process.communicate(timeout=limits.seconds)
    except subprocess.TimeoutExpired as error:
        if os.name == "posix":
            os.killpg(process.pid, signal.SIGKILL)
        process.kill()
        process.communicate()
        raise ReasonerStopped(
            f"{engine} was stopped after {limits.seconds:g} seconds", remedy="raise --time-limit, or use --engine rl"
        ) from error
    return subprocess.CompletedProcess(command, process.returncode, out, err)


def _last(told: bytes) -> str:
    lines = [line for line in told.decode(errors="replace").splitlines() if line.strip()]
    named = [line for line in lines if "Exception" in line or "Error" in line]
    return (named or lines or ["it said nothing"])[0][:300]
