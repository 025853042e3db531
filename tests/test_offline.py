"""Every JSON-LD file of a release is read with the network cut."""

import subprocess
import sys
from pathlib import Path

import pytest

READ = """
import json, socket, sys, warnings
from pathlib import Path
from urllib.request import urlopen

def cut(*arguments, **options):
    raise OSError("the network is cut")

for name in ("create_connection", "getaddrinfo", "gethostbyname"):
    setattr(socket, name, cut)
for name in ("connect", "connect_ex", "sendto"):
    setattr(socket.socket, name, cut)
try:
    urlopen("http://127.0.0.1:9/")
    sys.exit("the network is not cut")
except OSError as error:
    assert "is cut" in str(error), error

warnings.simplefilter("ignore", DeprecationWarning)
from pyld import jsonld
from rdflib import Dataset

for path in sorted(Path(sys.argv[1]).rglob("*.jsonld")):
    if "{processor}" == "pyld":
        found = sum(map(len, jsonld.to_rdf(json.loads(path.read_text("utf-8"))).values()))
    else:
        found = len(list(Dataset().parse(path).quads()))
    print(path, found, sep="\\t")
"""


@pytest.mark.parametrize("processor", ["pyld", "rdflib"])
def test_every_jsonld_is_read_with_the_network_cut(published: Path, processor: str) -> None:
    command = [sys.executable, "-c", READ.replace("{processor}", processor), str(published)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr
    counts = dict(line.split("\t") for line in done.stdout.splitlines())
    context = str(published / "context.jsonld")
    assert counts.keys() == set(map(str, published.rglob("*.jsonld")))
    assert len(counts) > 70
    assert [path for path, count in counts.items() if count == "0"] == [context]
