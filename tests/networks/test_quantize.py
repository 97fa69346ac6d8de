"""int8 and back, against arithmetic done by hand."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from resnet_viz.networks.quantize import dequantize, quantize


def test_by_hand() -> None:
    weight = torch.tensor([[1.27, -0.64, 0.0], [0.0, 0.0, 0.0], [-254.0, 1.0, 127.0]])
    stored = quantize({"fc.weight": weight})
    assert stored["fc.weight"].dtype == torch.int8
    assert stored["fc.weight"].tolist() == [[127, -64, 0], [0, 0, 0], [-127, 0, 64]]
    assert stored["fc.weight.scale"].tolist() == pytest.approx([0.01, 1.0, 2.0])
    back = dequantize(stored)
    assert list(back) == ["fc.weight"]
    assert back["fc.weight"].tolist()[2] == [-254.0, 0.0, 128.0]


def test_every_weight_within_half_its_scale() -> None:
    weight = torch.randn(16, 8, 3, 3, generator=torch.Generator().manual_seed(0))
    stored = quantize({"w": weight})
    half = stored["w.scale"].view(-1, 1, 1, 1) / 2
    assert ((dequantize(stored)["w"] - weight).abs() <= half * (1 + 1e-5)).all()
    assert stored["w"].abs().amax(dim=(1, 2, 3)).tolist() == [127] * 16
    assert (dequantize(stored)["w"][weight == 0] == 0).all()


def test_batch_norm_and_biases_stay_float32_and_counters_whole() -> None:
    model = nn.Sequential(nn.Conv2d(3, 4, 3), nn.BatchNorm2d(4))
    stored = quantize(model.half().state_dict())
    types = {name: value.dtype for name, value in stored.items()}
    assert types.pop("0.weight") == torch.int8
    assert types.pop("1.num_batches_tracked") == torch.int64
    assert set(types.values()) == {torch.float32}
    assert set(dequantize(stored)) == set(model.state_dict())


@pytest.mark.parametrize("scale", [None, torch.ones(3), torch.ones(2, dtype=torch.float64), torch.ones(2, 1)])
def test_a_scale_that_does_not_fit(scale: torch.Tensor | None) -> None:
    stored = {"w": torch.ones(2, 5, dtype=torch.int8)} | ({} if scale is None else {"w.scale": scale})
    with pytest.raises(ValueError, match="w: no float32 scale"):
        dequantize(stored)
