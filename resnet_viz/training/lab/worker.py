"""The process that trains: `python -m resnet_viz.training.lab.worker`, spoken to in lines (see `messages`).

It computes with one thread at the lowest priority, so that pages come first, and ends when the other side hangs up.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from typing import TextIO

import torch

from resnet_viz.training.lab.messages import read_pause, read_plan, write_reading, write_sign
from resnet_viz.training.lab.train import train

LOWEST_PRIORITY = 19


def serve(orders: TextIO, answers: TextIO, hang_up: Callable[[], None]) -> None:
    """Carry out the one plan that comes in over `orders`, reading by reading; `hang_up` is called when it is closed."""
    line = orders.readline()
    if not line:
        return
    may_go_on = threading.Event()
    may_go_on.set()
    threading.Thread(target=_listen, args=(orders, may_go_on, hang_up), daemon=True).start()
    for index, settings in enumerate(read_plan(line)):
        for reading in train(settings):
            print(write_reading(index, reading), file=answers, flush=True)
            if not may_go_on.is_set():
                print(write_sign("halted"), file=answers, flush=True)
                may_go_on.wait()
    print(write_sign("done"), file=answers, flush=True)


def _listen(orders: TextIO, may_go_on: threading.Event, hang_up: Callable[[], None]) -> None:
    for line in orders:
        if read_pause(line):
            may_go_on.clear()
        else:
            may_go_on.set()
    hang_up()


def main() -> None:
    """Serve the process that started this one."""
    if hasattr(os, "nice"):
        os.nice(LOWEST_PRIORITY)
    torch.set_num_threads(1)
    try:
        # Nobody reads any more: what is half done is of no use, and the interpreter need not tidy up.
        serve(sys.stdin, sys.stdout, lambda: os._exit(0))
    except BrokenPipeError:
        os._exit(0)


if __name__ == "__main__":
    main()
