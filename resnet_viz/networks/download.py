"""Fetch ImageNet weights into torchvision's cache: progress, a way to stop, a check, and nothing left of a failure."""

from __future__ import annotations

import hashlib
import http.client
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

from resnet_viz.errors import WeightsError
from resnet_viz.networks.files import replacing
from resnet_viz.networks.pretrained import Version, cache_file, enum_of, hash_prefix

_CHUNK = 256 * 1024
_TIMEOUT = 20
"""Seconds without a byte before a download gives up, and the longest that a cancel waits."""


def download(
    network: str,
    version: Version,
    progress: Callable[[int, int], None],
    cancelled: Callable[[], bool],
    base_url: str | None = None,
) -> Path:
    """Download ImageNet weights into torchvision's cache and return their file there.

    `progress` gets bytes so far and in all (0 where the server does not say); `cancelled` is asked between chunks.
    `base_url` takes the place of the address up to the file name. The file appears when its SHA-256 begins as its name
    says, and not before; after an error or a cancel nothing is left.

    Raises WeightsError `weights_no_version`, `weights_download_failed`, `weights_download_cancelled`, `weights_hash`.
    """
    url = enum_of(network, version).url
    target = cache_file(network, version)
    if base_url is not None:
        url = f"{base_url.rstrip('/')}/{target.name}"
    try:
        with replacing(target) as part:
            _fetch(url, part, progress, cancelled)
            _check(part, hash_prefix(target), target.name)
    except HTTPError as error:
        raise WeightsError("weights_download_failed", url=url, reason=f"{error.code} {error.reason}") from error
    except URLError as error:
        raise WeightsError("weights_download_failed", url=url, reason=error.reason) from error
    # A connection that ends or stalls, a folder that cannot be written, a full disk.
    except OSError as error:
        raise WeightsError("weights_download_failed", url=url, reason=error) from error
    except http.client.HTTPException as error:
        reason = str(error) or type(error).__name__
        raise WeightsError("weights_download_failed", url=url, reason=reason) from error
    return target


def _fetch(url: str, part: Path, progress: Callable[[int, int], None], cancelled: Callable[[], bool]) -> None:
    with urlopen(url, timeout=_TIMEOUT) as response, part.open("wb") as file:
        total = response.length or 0
        done = 0
        progress(done, total)
        for chunk in _chunks(response):
            if cancelled():
                raise WeightsError("weights_download_cancelled", url=url)
            file.write(chunk)
            done += len(chunk)
            progress(done, total)
    if done < total:
        raise WeightsError("weights_download_failed", url=url, reason=f"{done:,} / {total:,} bytes")


def _chunks(response: http.client.HTTPResponse) -> Iterator[bytes]:
    # read1: what has arrived, so that a slow line still shows progress and hears a cancel.
    while chunk := response.read1(_CHUNK):
        yield chunk


def _check(file: Path, prefix: str, name: str) -> None:
    with file.open("rb") as stream:
        found = hashlib.file_digest(stream, "sha256").hexdigest()
    if not found.startswith(prefix):
        raise WeightsError("weights_hash", file=name, expected=prefix, found=found[: len(prefix)])
