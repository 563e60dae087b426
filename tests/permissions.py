"""Files and folders that may not be read, for root too, as whom the tests may run.

Root passes over permissions by two capabilities. A thread may lay them down and take them up again.
"""

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

_VERSION_3 = 0x20080522
# CAP_DAC_OVERRIDE and CAP_DAC_READ_SEARCH.
_PASSING_OVER = 1 << 1 | 1 << 2


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("process", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


@contextmanager
def permissions_count() -> Iterator[None]:
    """Let permissions count for this thread in the block, whoever it is."""
    if os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root reads everything, and only on Linux can it be told not to")
    system = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(_VERSION_3, 0), (_Sets * 2)()

    def call(function: str) -> None:
        if getattr(system, function)(ctypes.byref(header), sets):
            raise OSError(ctypes.get_errno(), f"{function} failed")

    call("capget")
    before = sets[0].effective
    sets[0].effective = before & ~_PASSING_OVER
    call("capset")
    try:
        yield
    finally:
        sets[0].effective = before
        call("capset")
