"""The part of a script that cuts blocks or changes the picture, behind `scripts.opening`: it prints what the views show."""

from __future__ import annotations

from collections.abc import Sequence

from resnet_viz.analysis.departures import route
from resnet_viz.analysis.lesions import Lesion
from resnet_viz.analysis.perturbations import Change, box_of
from resnet_viz.records import INPUT, NETWORK, Blueprint, LayerRecord, TransformSpec


def cut_script(plan: Blueprint, lesions: Sequence[Lesion], class_index: int) -> str:
    """Lines that cut blocks of `model` and print how far every place departs, and the class's probability."""
    cuts = [line for lesion in lesions for line in _cut(plan, lesion)]
    return _joined(_outputs(plan), ["before = outputs(x)", *cuts, "after = outputs(x)"], _compare(class_index))


def change_script(plan: Blueprint, change: Change, transforms: TransformSpec, fill: Sequence[int], index: int) -> str:
    """Lines that change `image`, run `model` on it, and print how far every place departs, and a class's probability."""
    mean, std = (
        [sum(numbers) / len(numbers)] if len(fill) == 1 else list(numbers)
        for numbers in (transforms.mean, transforms.std)
    )
    changed = [*_change(change, fill, plan.size), f"y = F.normalize(F.to_tensor(changed), {mean}, {std})[None]"]
    return _joined(_outputs(plan), [*changed, "before, after = outputs(x), outputs(y)"], _compare(index))


def drops_script(plan: Blueprint, blocks: Sequence[str], repeats: int, seed: int, class_index: int) -> str:
    """Lines that take out each block alone, then random sets of `blocks`, and print the class's probability."""
    single = [block.name for block in plan.blocks if block.shortcut != "none" or block.name in blocks]
    return _joined(
        ["import random"],
        [
            "def probability(gone):",
            "    for name in gone:",
            "        block = model.get_submodule(name)",
            f"        block.forward = {_without_branch(plan.blocks[0].shortcut == 'none')}",
            "    with torch.no_grad():",
            f"        found = model(x)[0].double().softmax(0)[{class_index}].item()",
            "    for name in gone:",
            "        del model.get_submodule(name).forward  # back to that of its class",
            "    return found",
        ],
        [f"for name in {single!r}:", '    print(f"without {name}: {probability([name]):.7g}")'],
        [
            f"blocks = {list(blocks)!r}",
            f"rng = random.Random({seed})",
            "for count in range(len(blocks) + 1):",
            f"    draws = [rng.sample(blocks, count) for _ in range({repeats} if 0 < count < len(blocks) else 1)]",
            "    found = [probability(gone) for gone in draws]",
            '    print(f"{count} gone: mean {sum(found) / len(found):.7g}")',
        ],
    )


def _joined(*parts: Sequence[str]) -> str:
    return "\n" + "\n\n".join("\n".join(part) for part in parts) + "\n"


def _cut(plan: Blueprint, lesion: Lesion) -> list[str]:
    block = plan.block(lesion.block)
    named = f'block = model.get_submodule("{lesion.block}")'
    if lesion.part == "branch":
        return [named, f"block.forward = {_without_branch(block.shortcut == 'none')}"]
    last = sum(plan.layer(name).kind == "conv" for name in block.branch)
    inner = "x"
    for number in range(1, last + 1):
        inner = f"block.bn{number}(block.conv{number}({inner}))"
        inner = f"torch.relu({inner})"
    return [named, f"block.forward = lambda x, block=block: {inner}  # F(x) alone"]


def _without_branch(plain: bool) -> str:
    if plain:
        return "lambda x: x  # the whole block"
    return "lambda x, block=block: torch.relu(x if block.downsample is None else block.downsample(x))"


def _change(change: Change, fill: Sequence[int], size: int) -> list[str]:
    colour = tuple(fill) if len(fill) > 1 else fill[0]
    if change.amount == 0:
        return ["changed = image"]
    match change.kind:
        case "patch":
            return ["changed = image.copy()", f"changed.paste({colour}, {box_of((size, size), change)})"]
        case "blur":
            return ["from PIL import ImageFilter", f"changed = image.filter(ImageFilter.GaussianBlur({change.amount}))"]
        case "rotation":
            return [f"changed = image.rotate({change.amount}, Image.Resampling.BILINEAR, fillcolor={colour})"]
        case "noise":
            values = [f"values = values + np.random.default_rng(0).normal(0, {change.amount}, values.shape)"]
        case "brightness":
            values = [f"values = values * (1 + {change.amount} / 100)"]
    rounded = "changed = Image.fromarray(values.round().clip(0, 255).astype(np.uint8))"
    return ["import numpy as np", "values = np.asarray(image)", *values, rounded]


def _outputs(plan: Blueprint) -> list[str]:
    return [
        f"modules = {_modules(plan)!r}",
        "def outputs(x):",
        f'    found = {{"{INPUT}": x}}',
        "    def keep(place):",
        "        return lambda module, inputs, output: found.__setitem__(place, output)",
        "    hooks = [model.get_submodule(path).register_forward_hook(keep(place)) for place, path in modules.items()]",
        "    with torch.no_grad():",
        "        logits = model(x)",
        f'    found["{NETWORK}"] = logits',
        "    for hook in hooks:",
        "        hook.remove()",
        "    return found",
    ]


def _modules(plan: Blueprint) -> dict[str, str]:
    """Place -> path of the module that puts its output out, for the places that the views compare."""
    outputs = {stage.name: stage.output for stage in plan.stages}
    return {place: _path(plan, outputs.get(place, place)) for place in route(plan) if place not in {INPUT, NETWORK}}


def _path(plan: Blueprint, place: str) -> str:
    record = plan.by_place[place]
    return record.module or place if isinstance(record, LayerRecord) else place


def _compare(class_index: int) -> list[str]:
    return [
        "for place in before:",
        "    a, b = before[place].double().flatten(), after[place].double().flatten()",
        "    far, alike = (b - a).norm() / a.norm(), a @ b / (a.norm() * b.norm())",
        '    print(f"{place}: relative distance {far:.7g}, cosine {alike:.7g}")',
        'for when, found in (("before", before), ("after", after)):',
        f'    probability = found["{NETWORK}"][0].double().softmax(0)[{class_index}]',
        f'    print(f"{{when}}: {{names[{class_index}]}}, probability {{probability:.7g}}")',
    ]
