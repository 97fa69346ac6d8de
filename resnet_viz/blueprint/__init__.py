"""What a network is: operations, edges, stages and blocks, with shapes, parameters, MACs and receptive fields."""

from resnet_viz.blueprint.read import blueprint, read_blueprint

__all__ = ["blueprint", "read_blueprint"]
