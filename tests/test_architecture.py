"""The house's order (docs/architecture.md): who may know whom, and how large things may grow."""

from __future__ import annotations

import ast
import graphlib
import re
import statistics
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.migration import SwappableTuple

ROOT = Path(__file__).resolve().parents[1]
LEVELS = {
    "core": 0,
    "departments": 1,
    "tasks": 2,
    "indicators": 3,
    "reporting": 4,
    "intake": 4,
    "supervision": 5,
    "dashboards": 6,
    "foodsafety": 7,
}
LAYERS = {"urls": 5, "views": 4, "api": 4, "forms": 3, "serializers": 3, "actions": 2, "policies": 1, "queries": 1}
LAYERS |= {"models": 0, "querysets": 0}
LONGEST_MODULE = 300
MEDIAN_FUNCTION, LONG_FUNCTION = 8, 30  # lines; at most one function in twenty is longer than the second
UPPER_TEMPLATE = re.compile(r"{%\s*(?:include|extends)\s+[\"'](\w+)/")
ROUTE = re.compile(r"{%\s*url\s+[\"'](\w+):")
ROUTE_NAME = re.compile(r"^(\w+):\w+$")


def own_files(*folders: str) -> list[Path]:
    """Python files of the folders, the packages by default, without migrations."""
    files = (file for folder in folders or LEVELS for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in files if "migrations" not in file.parts)


@cache
def parsed(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"), str(file))


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def may_know(package: str, other: str) -> bool:
    """Its own, those below, and whatever is not ours."""
    return other not in LEVELS or other == package or LEVELS[other] < LEVELS[package]


def imports_in(node: ast.AST) -> Iterator[str]:
    """Dotted names imported anywhere below the node; `from a import b` gives `a` and `a.b`."""
    for child in ast.walk(node):
        if isinstance(child, ast.Import):
            yield from (alias.name for alias in child.names)
        if isinstance(child, ast.ImportFrom) and child.module:
            yield child.module
            yield from (f"{child.module}.{alias.name}" for alias in child.names)


def imports_at_run_time(file: Path) -> Iterator[str]:
    """Without those that only the type checker sees."""
    for statement in parsed(file).body:
        if not (isinstance(statement, ast.If) and "TYPE_CHECKING" in ast.unparse(statement.test)):
            yield from imports_in(statement)


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    return (node for node in ast.walk(parsed(file)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def templates() -> Iterator[tuple[str, str, str]]:
    """Each template's package (`core` for those shared by all), path and text."""
    for file in sorted((ROOT / "templates").rglob("*.html")):
        path = file.relative_to(ROOT / "templates")
        yield path.parts[0] if path.parts[0] in LEVELS else "core", str(path), file.read_text(encoding="utf-8")


def test_packages_import_only_what_lies_below():
    wrong = {
        f"{module_name(file)} imports {name}"
        for file in own_files()
        for name in imports_in(parsed(file))
        if not may_know(file.relative_to(ROOT).parts[0], name.split(".")[0])
    }
    assert not wrong, sorted(wrong)


def test_inside_an_app_imports_run_from_urls_to_models():
    wrong = [
        f"{module_name(file)} imports {name}"
        for file in own_files()
        for name in imports_at_run_time(file)
        if climbs(module_name(file).split("."), name.split("."))
    ]
    assert not wrong, wrong


def climbs(importer: list[str], imported: list[str]) -> bool:
    """Whether one layer of an app imports a higher layer of the same app."""
    if len(importer) < 2 or len(imported) < 2 or importer[0] != imported[0]:
        return False
    mine, other = LAYERS.get(importer[1]), LAYERS.get(imported[1])
    return mine is not None and other is not None and mine < other


def test_modules_do_not_import_in_a_circle():
    names = {module_name(file) for file in own_files()}
    known = {module_name(file): names & set(imports_at_run_time(file)) - {module_name(file)} for file in own_files()}
    # `from package import module` names the package as well, which is no part of a circle.
    graph = {name: {other for other in others if not name.startswith(f"{other}.")} for name, others in known.items()}
    graphlib.TopologicalSorter(graph).prepare()


def test_the_reader_is_pure_python():
    wrong = [
        f"{module_name(file)} imports {name}"
        for file in own_files("intake/reader")
        for name in imports_in(parsed(file))
        if name.split(".")[0] in {"django", "rest_framework", "celery", *LEVELS}
        and name != "intake"
        and not name.startswith("intake.reader")
    ]
    assert not wrong, wrong


def test_functions_import_nothing_of_ours():
    wrong = [
        f"{module_name(file)}.{function.name} imports {name}"
        for file in own_files()
        for function in functions(file)
        for name in imports_in(function)
        if name.split(".")[0] in LEVELS
    ]
    assert not wrong, wrong


def test_routes_named_in_code_lie_below():
    wrong = [
        f"{module_name(file)} names {node.value}"
        for file in own_files()
        for node in ast.walk(parsed(file))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (match := ROUTE_NAME.match(node.value))
        if not may_know(file.relative_to(ROOT).parts[0], match[1])
    ]
    assert not wrong, wrong


def test_foreign_keys_point_down():
    user = settings.AUTH_USER_MODEL.lower()
    wrong = [
        f"{model._meta.label}.{field.name} points to {field.related_model._meta.label}"
        for model in apps.get_models()
        if model._meta.app_label in LEVELS
        for field in model._meta.get_fields()
        if field.concrete and field.related_model and field.related_model._meta.label_lower != user
        if not may_know(model._meta.app_label, field.related_model._meta.app_label)
    ]
    assert not wrong, wrong


def test_migrations_depend_on_what_lies_below():
    wrong = [
        f"{app}.{name} depends on {dependency}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        if app in LEVELS
        for dependency in migration.dependencies
        if not isinstance(dependency, SwappableTuple) and not may_know(app, dependency[0])
    ]
    assert not wrong, wrong


def test_migrations_have_names():
    files = [file.name for package in LEVELS for file in (ROOT / package / "migrations").glob("0*.py")]
    assert not [name for name in files if "_auto_" in name]


def test_templates_include_and_extend_what_lies_below():
    wrong = [
        f"{path} uses {other}/"
        for package, path, text in templates()
        for other in UPPER_TEMPLATE.findall(text)
        if not may_know(package, other)
    ]
    assert not wrong, wrong


def test_templates_link_to_what_lies_below():
    wrong = [
        f"{path} links to {other}"
        for package, path, text in templates()
        for other in ROUTE.findall(text)
        if not may_know(package, other)
    ]
    assert not wrong, wrong


def test_no_signals_of_models():
    wrong = [module_name(file) for file in own_files() if "django.db.models.signals" in imports_in(parsed(file))]
    assert not wrong, wrong


def test_no_module_is_called_utils():
    assert not [str(file) for file in own_files(*LEVELS, "tests", "script") if file.stem in {"utils", "helpers"}]


def test_no_module_is_too_long():
    lengths = {module_name(f): len(f.read_text("utf-8").splitlines()) for f in own_files(*LEVELS, "tests", "script")}
    assert not {name: length for name, length in lengths.items() if length > LONGEST_MODULE}


def test_functions_stay_short():
    lengths = {
        f"{module_name(file)}.{function.name}": (function.end_lineno or function.lineno) - function.lineno + 1
        for file in own_files(*LEVELS, "script")
        for function in functions(file)
    }
    assert statistics.median(lengths.values()) <= MEDIAN_FUNCTION
    long = {name: length for name, length in lengths.items() if length > LONG_FUNCTION}
    assert len(long) <= len(lengths) / 20, long


def test_the_levels_name_every_package():
    packages = {file.parent.name for file in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages <= set(LEVELS), packages


def test_the_levels_are_read_from_bottom_to_top():
    assert all(low <= high for low, high in pairwise(LEVELS.values()))
