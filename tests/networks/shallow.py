"""The networks that slow tests take: the deeper ones have more of the same blocks, and tests of counts read them all."""

from resnet_viz.networks.catalog import NETWORKS

DEEP = {f"{kind}{depth}" for kind in ("resnet", "plain") for depth in ("101", "152", "101-v1", "152-v1")}
SHALLOW = tuple(name for name in NETWORKS if name not in DEEP)
