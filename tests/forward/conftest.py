"""A residual network small enough to be run a thousand times."""

import pytest
import torch
from torch import nn
from torchvision.models.resnet import BasicBlock

from resnet_viz.blueprint import read_blueprint
from resnet_viz.forward.run import Program, compile_program


class Tiny(nn.Module):
    """Stem, a block with an identity, one with a projection, head; in-place ReLUs as torchvision has them."""

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(3, 8, 3, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(8)
        self.relu = nn.ReLU(inplace=True)
        shrink = nn.Sequential(nn.Conv2d(8, 16, 1, 2, bias=False), nn.BatchNorm2d(16))
        self.layer1 = nn.Sequential(BasicBlock(8, 8))
        self.layer2 = nn.Sequential(BasicBlock(8, 16, 2, shrink))
        self.avgpool = nn.AdaptiveAvgPool2d((1, 1))
        self.fc = nn.Linear(16, 5)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = self.relu(self.bn1(self.conv1(x)))
        x = self.layer2(self.layer1(x))
        return self.fc(torch.flatten(self.avgpool(x), 1))


@pytest.fixture
def tiny() -> nn.Module:
    """The network with seeded weights, and statistics that make batch norm do something."""
    torch.manual_seed(0)
    model = Tiny()
    with torch.no_grad():
        model(torch.randn(16, 3, 16, 16))
    return model.eval()


@pytest.fixture
def tiny_program(tiny) -> Program:
    return compile_program(tiny, read_blueprint(tiny, "tiny", 16))


@pytest.fixture
def images() -> list[torch.Tensor]:
    random = torch.Generator().manual_seed(1)
    return [torch.randn(1, 3, 16, 16, generator=random) for _ in range(20)]
