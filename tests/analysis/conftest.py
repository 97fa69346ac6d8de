"""The small residual network of the tests of `forward/`."""

from tests.forward.conftest import images, tiny, tiny_program

__all__ = ["images", "tiny", "tiny_program"]
