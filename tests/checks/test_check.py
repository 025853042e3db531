"""What a check finds besides what shapes say."""

from pathlib import Path

from idfgraph.checks.check import check


def test_an_id_that_two_records_have_is_told_with_both_places(tmp_path: Path) -> None:
    """Letter case apart, because addresses would differ in nothing else."""
    for name, id_ in (("a", "V47-805"), ("b", "v47-805")):
        (tmp_path / f"{name}.yaml").write_text(f"kind: project\nid: {id_}\n", "utf-8")
    done = check([tmp_path])
    (found,) = (found for found in done.findings if found.result.rule == "input")
    assert "has the id v47-805, as has" in found.result.message("en")
    assert (Path(found.place.file).name, found.place.line) == ("b.yaml", 2)
    assert [(Path(place.file).name, place.line) for place in found.also] == [("a.yaml", 2)]
