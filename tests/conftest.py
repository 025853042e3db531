"""What tests share: the release that the repository's own data gives."""

from pathlib import Path

import pytest

from idfgraph.pipeline import publish

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of the data folder."""
    out = tmp_path_factory.mktemp("release") / "public"
    publish([ROOT / "data"], out)
    return out
