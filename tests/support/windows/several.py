"""Several commands in one process, each with what it says and its exit code, as JSON."""

import contextlib
import io
import json
import os
import sys

from idfgraph.cli import main


def said(words: list[str]) -> tuple[str, int]:
    """What a command says, and its exit code."""
    told = io.TextIOWrapper(io.BytesIO(), "utf-8", newline="")
    code = 0
    with contextlib.redirect_stdout(told), contextlib.redirect_stderr(told):
        sys.argv = ["idfgraph", *words]
        try:
            main()
        except SystemExit as ended:
            code = int(ended.code or 0)
        told.flush()
    return told.buffer.getvalue().decode(), code


if __name__ == "__main__":
    answers = []
    for folder, *words in json.loads(sys.argv[1]):
        os.chdir(folder)
        answers.append(said(words))
    sys.stdout.write(json.dumps(answers))
