"""The Plotly view shows the values themselves, upright, in the picture's colours."""

import numpy as np

from resnet_viz.figures.heatmap_plot import plot

REDS = np.stack([np.arange(256), np.zeros(256), np.zeros(256)], axis=1).astype(np.uint8)


def test_values_limits_and_colours_go_in_as_they_are():
    values = np.array([[0.5, -1.25], [3.0, 2.0]], np.float32)
    figure = plot(values, REDS, -2.0, 4.0, hover="%{z}")
    trace = figure.data[0]
    assert np.array_equal(trace.z, values)
    assert (trace.zmin, trace.zmax) == (-2.0, 4.0)
    assert trace.colorscale[0] == (0.0, "rgb(0,0,0)")
    assert trace.colorscale[-1] == (1.0, "rgb(255,0,0)")
    assert figure.layout.yaxis.autorange == "reversed"
