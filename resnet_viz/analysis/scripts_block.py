"""The numbers of a dissection as PyTorch: what goes on behind `scripts.opening`, from `model` and `x`.

torchvision's blocks add in place, so nothing is read from inside of them: the script takes a block's input and computes
its two ways itself.
"""

from __future__ import annotations

from resnet_viz.records import BlockRecord, Blueprint


def block_script(plan: Blueprint, place: str) -> str:
    """Prints each output of a block with mean and spread, the check of its equation, norms, their ratio and cosine."""
    block = plan.block(place)
    lines = [
        "# What goes into the block, and what comes out of it.",
        f'block = model.get_submodule("{place}")',
        "kept = {}",
        "handle = block.register_forward_hook(",
        "    lambda module, inputs, output: kept.update(x=inputs[0].clone(), y=output.clone())",
        ")",
        "with torch.no_grad():",
        "    model(x)",
        "handle.remove()",
        "",
        "# Its two ways, one operation a line.",
        f'steps = {{"{block.source}": kept["x"]}}',
        "with torch.no_grad():",
        *(f"    {line}" for line in _steps(plan, block)),
        f'    largest = (steps["{block.output}"] - kept["y"]).abs().max()',
        "",
        "for name, value in steps.items():",
        "    value = value.double()",
        '    print(f"{name}: mean {value.mean():.7g}, std {value.std(correction=0):.7g}")',
        'print(f"largest difference to the network: {largest:.7g}")',
    ]
    if block.shortcut != "none":
        shortcut = block.projection[-1] if block.projection else block.source
        lines += [
            f'f, s = steps["{block.branch[-1]}"].double().flatten(), steps["{shortcut}"].double().flatten()',
            'print(f"|F(x)| {f.norm():.7g}, |shortcut| {s.norm():.7g}")',
            'print(f"ratio {f.norm() / s.norm():.7g}, cosine {f @ s / (f.norm() * s.norm()):.7g}")',
        ]
    return "\n".join(lines) + "\n"


def logit_script(plan: Blueprint, class_index: int) -> str:
    """Prints what each block adds to a class's logit to first order: gradient at the sum, times its two parts."""
    blocks = [block for block in plan.blocks if block.shortcut != "none"]
    names = ", ".join(f'"{block.name}"' for block in blocks)
    return "\n".join(
        [
            "def branch(block, x):",
            *(f"    x = {call}" for call in _calls(plan, blocks[0])),
            "    return x",
            "",
            "",
            "parts = {}",
            "",
            "",
            "def take_apart(name):",
            '    """Let a block compute relu(F(x) + shortcut) from parts that are kept."""',
            "",
            "    def hook(block, inputs, output):",
            "        f = branch(block, inputs[0])",
            "        shortcut = inputs[0] if block.downsample is None else block.downsample(inputs[0])",
            "        parts[name] = (f, shortcut, f + shortcut)",
            "        return torch.relu(parts[name][2])",
            "",
            "    return hook",
            "",
            "",
            f"names_of_blocks = [{names}]",
            "for name in names_of_blocks:",
            "    model.get_submodule(name).register_forward_hook(take_apart(name))",
            f"logit = model(x.requires_grad_())[0, {class_index}]",
            "gradients = torch.autograd.grad(logit, [parts[name][2] for name in names_of_blocks])",
            'print(f"logit {logit:.7g}")',
            "for name, g in zip(names_of_blocks, gradients):",
            "    f, shortcut, _ = (part.double() for part in parts[name])",
            '    print(f"{name}: F(x) {(g * f).sum():.7g}, shortcut {(g * shortcut).sum():.7g}")',
            "",
        ]
    )


def layers_script() -> str:
    """Prints mean, spread, zeros and dead channels of the output of each module, in order; additions have no module."""
    return "\n".join(
        [
            "uses = {}",
            "",
            "",
            "def look(name):",
            "    def hook(module, inputs, output):",
            "        # A ReLU that runs several times in a block has one name for each time.",
            "        count = uses[name] = uses.get(name, -1) + 1",
            '        place = f"{name}_{count}" if count else name',
            "        value = output[0].double()",
            '        line = f"{place}: mean {value.mean():.7g}, std {value.std(correction=0):.7g}"',
            "        if isinstance(module, torch.nn.ReLU):",
            "            channels = (value == 0).flatten(1) if value.ndim > 1 else (value == 0)[:, None]",
            '            line += f", zeros {(value == 0).double().mean():.7g}, dead {channels.all(1).sum()}"',
            "        print(line)",
            "",
            "    return hook",
            "",
            "",
            "for name, module in model.named_modules():",
            "    if not list(module.children()):",
            "        module.register_forward_hook(look(name))",
            "with torch.no_grad():",
            "    model(x)",
            "",
        ]
    )


def _steps(plan: Blueprint, block: BlockRecord) -> list[str]:
    """A line for each operation of a block, which keeps its output under its place."""
    calls = dict(zip(block.branch, _calls(plan, block), strict=True))
    calls |= {place: f"block.downsample[{number}](x)" for number, place in enumerate(block.projection)}
    lines = []
    for place in block.layers:
        inputs = [f'steps["{name}"]' for name in plan.layer(place).inputs]
        if place in calls:
            call = calls[place].replace("(x)", f"({inputs[0]})")
        else:
            call = f"torch.relu({inputs[0]})" if place == block.output else " + ".join(inputs)
        lines.append(f'steps["{place}"] = {call}')
    return lines


def _calls(plan: Blueprint, block: BlockRecord) -> list[str]:
    """The operations of a branch as expressions of `block` and `x`."""
    layers = [plan.layer(place) for place in block.branch]
    return [
        "torch.relu(x)" if layer.kind == "relu" else f"block.{str(layer.module).removeprefix(block.name + '.')}(x)"
        for layer in layers
    ]
