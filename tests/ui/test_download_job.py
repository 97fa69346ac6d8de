"""A download in its thread: progress, an end, a cancel, an error, none of which the caller waits for."""

import threading
from pathlib import Path

from resnet_viz.errors import WeightsError
from resnet_viz.ui.download_job import DownloadJob


def test_progress_is_seen_while_it_runs():
    reached, go_on = threading.Event(), threading.Event()

    def fetch(network, version, progress, cancelled):
        progress(30, 100)
        reached.set()
        go_on.wait(10)
        progress(100, 100)
        return Path("weights.pth")

    job = DownloadJob("resnet50", "imagenet-v2", fetch)
    assert reached.wait(10)
    assert job.running
    assert (job.done, job.total) == (30, 100)
    go_on.set()
    job.wait(10)
    assert not job.running
    assert (job.done, job.total) == (100, 100)
    assert job.error is None


def test_a_cancel_is_heard_and_told_apart_from_a_failure():
    def fetch(network, version, progress, cancelled):
        while not cancelled():
            progress(1, 2)
        raise WeightsError("weights_download_cancelled", url="http://127.0.0.1/")

    job = DownloadJob("resnet50", "imagenet-v2", fetch)
    assert not job.cancelled
    job.cancel()
    job.wait(10)
    assert not job.running
    assert job.cancelled


def test_an_error_is_kept_for_the_page():
    def fetch(network, version, progress, cancelled):
        raise WeightsError("weights_hash", file="x", expected="1", found="2")

    job = DownloadJob("resnet50", "imagenet-v1", fetch)
    job.wait(10)
    assert job.error is not None
    assert job.error.code == "weights_hash"
    assert not job.cancelled
