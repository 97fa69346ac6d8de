"""What passes between the layers of the project: frozen records.

Shapes leave out the batch: `(C, H, W)` for a feature map, `(N,)` for a vector. Multiply-adds (MACs) count one image.
"""

from resnet_viz.records.seen import Activations, DecodedImage, Heatmap, Prediction, Prepared
from resnet_viz.records.structure import INPUT, NETWORK, BlockRecord, Blueprint, LayerRecord, Shape, StageRecord
from resnet_viz.records.weights import ClassLabel, TransformSpec, WeightsInfo

__all__ = [
    "INPUT",
    "NETWORK",
    "Activations",
    "BlockRecord",
    "Blueprint",
    "ClassLabel",
    "DecodedImage",
    "Heatmap",
    "LayerRecord",
    "Prediction",
    "Prepared",
    "Shape",
    "StageRecord",
    "TransformSpec",
    "WeightsInfo",
]
