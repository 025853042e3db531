"""Peers that map the tables of `tables.py` to N-Triples, each with a mapping of its own; run by the
Python of an environment that has what `peers.txt` names.

    VENV/bin/python bench/peers.py --task maplib --work FOLDER
"""

import argparse
import json
import runpy
import sys
from collections.abc import Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from measuring import Watch, Work, tell

_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"
_DECIMAL = "http://www.w3.org/2001/XMLSchema#decimal"


def maplib(work: Path, watch: Watch) -> None:
    """A template for each table, mapped from its data frame."""
    peer, frames = import_module("maplib"), import_module("polars")
    with watch:
        model = peer.Model()
        for table in json.loads((work / "tables" / "tables.json").read_text("utf-8")):
            rows = frames.read_csv(work / "tables" / table["file"], infer_schema=False)
            model.map(_template(peer, table), _typed(peer, frames, rows, table["columns"]))
        model.write(work / "maplib.nt", format="ntriples")


def _template(peer: Any, table: Mapping[str, Any]) -> Any:
    """The template of a table: its subject's classes, and a triple for each cell that is filled."""
    subject, names = peer.Variable("id"), [f"c{n}" for n in range(len(table["columns"]))]
    told = [peer.Triple(subject, peer.rdf.type, peer.IRI(one)) for one in table["classes"]]
    for name, (predicate, *_) in zip(names, table["columns"], strict=True):
        told.append(peer.Triple(subject, peer.IRI(predicate), peer.Variable(name)))
    asked = [peer.Parameter(peer.Variable(name), optional=True) for name in names]
    iri = peer.IRI(f"urn:template:{table['file']}")
    return peer.Template(iri, [peer.Parameter(subject), *asked], told)


def _typed(peer: Any, frames: Any, rows: Any, columns: list[list[str]]) -> Any:
    """Rows whose columns are told to be IRIs, or texts of a type or language."""
    types = {"id": peer.RDFType.IRI}
    for number, (_, datatype, language) in enumerate(columns):
        name = f"c{number}"
        types[name] = peer.RDFType.Literal(datatype) if datatype else peer.RDFType.IRI
        if datatype == _DECIMAL:
            rows = rows.with_columns(frames.col(name).cast(frames.Decimal(38, 12)))
        if language:
            cell = frames.col(name)
            tagged = frames.struct(cell.alias(f"<{_LANG_STRING}>"), frames.lit(language).alias("l"))
            rows = rows.with_columns(frames.when(cell.is_not_null()).then(tagged).alias(name))
    return peer.SolutionMappings(rows, types)


def morph_kgc(work: Path, watch: Watch) -> None:
    """The mapping in RML, by one process, as the command does it."""
    import_module("morph_kgc")
    config = work / "morph-kgc.ini"
    config.write_text("\n".join(_config(work)), "utf-8")
    sys.argv = ["morph_kgc", str(config)]
    with watch:
        runpy.run_module("morph_kgc", run_name="__main__")


def _config(work: Path) -> Iterator[str]:
    yield "[CONFIGURATION]"
    yield f"output_file: {work / 'morph-kgc.nt'}"
    yield "output_format: N-TRIPLES\nnumber_of_processes: 1\nna_values:\nlogging_level: ERROR"
    yield f"[TABLES]\nmappings: {work / 'tables' / 'mapping.ttl'}"


#: The peers by name; each leaves its statements in NAME.nt.
PEERS: Mapping[str, Work] = {"maplib": maplib, "morph-kgc": morph_kgc}


def main() -> None:
    """Measures one peer."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--task", choices=PEERS, required=True)
    parser.add_argument("--work", type=Path, required=True)
    asked = parser.parse_args()
    tell(PEERS[asked.task], asked.work)


if __name__ == "__main__":
    main()
