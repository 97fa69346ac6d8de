"""What can be shown: builders of the networks and of their plain twins, weights, class names."""
