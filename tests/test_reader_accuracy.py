"""The reader against the hand-made readings of five real plans, which lie beside the project where they may be used."""

from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType

import pytest

from intake.reader import formats, reading
from intake.reader.as_json import to_json

FOLDER = Path(__file__).resolve().parent.parent.parent / "shared" / "plans"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST = {
    "plan": 1.0,
    "sections": 1.0,
    "tasks": 1.0,
    "measures": 0.99,
    "assignments": 0.99,
    "indicators": 0.95,
    "reporting": 1.0,
}

pytestmark = pytest.mark.skipif(not NAMES, reason="the real plans and their readings are not part of the project")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    """The script that scores a reading, as it lies beside the plans."""
    spec = importlib.util.spec_from_file_location("plan_score", FOLDER / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("kind", LEAST)
@pytest.mark.parametrize("name", NAMES)
def test_a_real_plan_is_read_as_a_clerk_would(name: str, kind: str, scorer: ModuleType) -> None:
    document = formats.read_document((FOLDER / f"{name}.txt").read_bytes(), f"{name}.txt")
    expected = json.loads((FOLDER / f"{name}.expected.json").read_text(encoding="utf-8"))
    matched, got, want, missed, invented = scorer.score(to_json(reading.read(document)), expected)[kind]
    f1 = scorer.rates(matched, got, want)[2]
    assert f1 >= LEAST[kind], f"missed {missed}, invented {invented}"
