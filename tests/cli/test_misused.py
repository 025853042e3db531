"""What is told of words that a command does not understand: plainly, with the help of that
command.
"""

import pytest

from idfgraph.cli import main


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("quote", "record is not given; see idfgraph quote --help"),
        ("quote a b c d e", "too many words: d e; see idfgraph quote --help"),
        ("todo --jobs x", "Invalid value for '--jobs': write a whole number; see idfgraph todo"),
        ("codes accept", "CODE is not given; see idfgraph codes accept --help"),
        (
            "todo --langg fr",
            "No such option: --langg (Possible options: --lang); see idfgraph",
        ),
        ("frobnicate", "No such command 'frobnicate'; see idfgraph --help"),
    ],
)
def test_words_are_told_with_the_help_of_their_command(
    words: str, told: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["idfgraph", *words.split()])
    with pytest.raises(SystemExit, match="2"):
        main()
    assert capsys.readouterr().err.startswith(f"idfgraph: {told}")
