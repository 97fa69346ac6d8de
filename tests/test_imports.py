"""The layering of the project, read off its imports: data flows one way, and only the fronts know a user."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = "resnet_viz"

RECORDS = {"records", "errors"}
LOWER: dict[str, set[str]] = {
    "errors": set(),
    "records": {"errors"},
    "networks": RECORDS,
    "blueprint": RECORDS | {"networks"},
    "forward": RECORDS | {"networks", "blueprint"},
    "analysis": RECORDS | {"networks", "blueprint", "forward"},
    # Its commands speak to whoever runs them, and store what an analysis finds.
    "training": RECORDS | {"networks", "blueprint", "forward", "analysis", "lang"},
    # What lessons ask and say in numbers; how they are worded is known to lang, and how they look to ui.
    "learn": RECORDS | {"networks", "blueprint", "forward", "analysis"},
    "figures": RECORDS,
    "lang": RECORDS,
    # Findings and pictures put into words: a document is in one language.
    "report": RECORDS | {"networks", "blueprint", "forward", "analysis", "learn", "figures", "lang"},
}
"""What each layer may import besides itself. Figures draw findings and compute none: records suffice."""

CORE = {*RECORDS, "networks", "blueprint", "forward", "analysis", "training", "learn", "figures", "lang", "report"}
FRONTS: dict[str, set[str]] = {
    "cli": CORE,
    "__main__": {"cli"},
    "ui": CORE,
    "pages": CORE | {"ui"},
    "app": CORE | {"ui"},
}
ALLOWED = LOWER | FRONTS
STREAMLIT = {"app", "pages", "ui"}
TORCHLESS = {*RECORDS, "figures", "lang"}


class Import(NamedTuple):
    """One imported name: where it stands, and what it names."""

    where: str
    layer: str
    module: str
    name: str


def source_files() -> list[Path]:
    return [ROOT / "app.py", *sorted((ROOT / PACKAGE).rglob("*.py"))]


def layer_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return parts[0] if parts[0] == "app" else parts[1]


def module_name(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports_of(file: Path) -> Iterator[Import]:
    """Every import of a file, those for type checkers and those inside functions included."""
    layer = layer_of(file)
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{file}:{node.lineno} is a relative import; name the layer"
        if isinstance(node, ast.Import | ast.ImportFrom):
            where = f"{file.relative_to(ROOT)}:{node.lineno}"
            module = node.module if isinstance(node, ast.ImportFrom) else None
            for alias in node.names:
                yield Import(where, layer, module or alias.name, alias.name if module else "")


def all_imports() -> list[Import]:
    return [found for file in source_files() if layer_of(file) != "__init__" for found in imports_of(file)]


def layers_named(found: Import) -> set[str]:
    """The layers that an import names: `import resnet_viz.forward.run` and `from resnet_viz import forward`."""
    head, _, rest = found.module.partition(".")
    if head != PACKAGE:
        return set()
    return {rest.split(".")[0]} if rest else {found.name}


def fresh_interpreter(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False, timeout=120
    )


def test_every_layer_is_known() -> None:
    assert {layer_of(file) for file in source_files()} - {"__init__"} <= set(ALLOWED)


def test_layers_import_only_layers_above_them() -> None:
    wrong = [
        f"{found.where}: {found.layer} imports {target}"
        for found in all_imports()
        for target in layers_named(found)
        if target not in ALLOWED[found.layer] | {found.layer}
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_imports_a_page_or_the_router() -> None:
    wrong = [f"{i.where}: {i.module}" for i in all_imports() if i.module == "app" or layers_named(i) & {"pages", "app"}]
    assert not wrong, "\n".join(wrong)


def test_streamlit_stays_in_the_app() -> None:
    wrong = [
        f"{i.where}: {i.module}"
        for i in all_imports()
        if i.module.split(".")[0] == "streamlit" and i.layer not in STREAMLIT
    ]
    assert not wrong, "\n".join(wrong)


def test_drawing_names_no_torch() -> None:
    wrong = [
        f"{i.where}: {i.module}"
        for i in all_imports()
        if i.module.split(".")[0] in {"torch", "torchvision"} and i.layer in TORCHLESS - {"records"}
    ]
    assert not wrong, "\n".join(wrong)


def test_nothing_borrows_a_private_name() -> None:
    wrong = [
        f"{i.where}: {i.name} of {i.module}"
        for i in all_imports()
        if layers_named(i) and (i.name.startswith("_") or ".__main__" in i.module)
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("layer", sorted(TORCHLESS))
def test_importing_it_loads_no_torch(layer: str) -> None:
    modules = [module_name(file) for file in source_files() if layer_of(file) == layer]
    code = f"import sys, {', '.join(modules)}; print(sorted({{'torch', 'streamlit'}} & set(sys.modules)))"
    done = fresh_interpreter(code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "[]"


def test_the_shell_loads_no_streamlit() -> None:
    done = fresh_interpreter("import sys, resnet_viz.cli; print('streamlit' in sys.modules)")
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == "False"


def third_party() -> set[str]:
    own = {PACKAGE, "app", "__future__"}
    return {found.module.split(".")[0] for found in all_imports()} - own - set(sys.stdlib_module_names)


def test_requirements_are_what_is_imported() -> None:
    lines = (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines()
    required = {re.split(r"[<>=~\[ ]", line)[0].lower() for line in lines if line.strip() and not line.startswith("#")}
    assert {{"PIL": "pillow"}.get(name, name) for name in third_party()} == required
