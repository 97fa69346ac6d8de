"""What a plan may overwrite, on networks laid as traps."""

import pytest
import torch
from torch import Tensor, nn

from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import compile_program, forward, value


class SharedByDropout(nn.Module):
    """Dropout hands on its input's memory: a ReLU over either would change both."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)
        self.dropout = nn.Dropout()
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x: Tensor) -> Tensor:
        out = self.conv(x)
        same = self.dropout(out)
        return torch.add(self.relu(same), out)


class ReadAgain(nn.Module):
    """The first ReLU reads what the addition reads after it."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)
        self.relu = nn.ReLU()

    def forward(self, x: Tensor) -> Tensor:
        out = self.conv(x)
        return self.relu(out) + out


class Broadcast(nn.Module):
    """The first summand is smaller than the sum."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 8)
        self.wide = nn.Conv2d(3, 4, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x) + self.wide(x)


class Doubled(nn.Module):
    """Both summands are the same."""

    def __init__(self) -> None:
        super().__init__()
        self.conv = nn.Conv2d(3, 4, 1)

    def forward(self, x: Tensor) -> Tensor:
        out = self.conv(x)
        return torch.relu(out + out)


@pytest.mark.parametrize("trap", [SharedByDropout, ReadAgain, Broadcast, Doubled])
def test_nothing_is_overwritten_that_is_read_again(trap) -> None:
    torch.manual_seed(0)
    model, x = trap().eval(), torch.randn(1, 3, 8, 8)
    before = x.clone()
    program = compile_program(model, read_blueprint(model, "trap", 8))
    kept = forward(program, x)
    safe = trap().eval()
    safe.load_state_dict(model.state_dict())
    for module in safe.modules():
        if isinstance(module, nn.ReLU):
            module.inplace = False
    with torch.inference_mode():
        assert torch.equal(kept.logits, safe(x)[0])
        assert torch.equal(value(program, kept, "conv"), safe.conv(x))
    assert torch.equal(x, before)


def test_memory_is_used_again_where_nobody_reads_it(tiny_program) -> None:
    over = [move.place for move in tiny_program.plan if move.call in (torch.relu_, Tensor.add_)]
    assert over == ["relu", "layer1.0.relu", "layer1.0.add", "layer2.0.relu", "layer2.0.add"]
