"""Messages between the processes of a server: a length, then a tuple of plain values.

The values are packed by `marshal`: both ends are the same interpreter, started by one another, over a socket pair that
nobody else can reach.
"""

from __future__ import annotations

import marshal
import socket
import struct
from typing import Any, Final

_LENGTH: Final = struct.Struct("!Q")
HEAD: Final = _LENGTH.size
_BLOCK: Final = 1 << 16


def packed(*values: Any) -> bytes:
    """A message of strings, bytes, numbers, ``None``, and tuples and lists of them."""
    body = marshal.dumps(values)
    return _LENGTH.pack(len(body)) + body


def length_of(head: bytes | bytearray) -> int:
    """How many bytes follow the first `HEAD` bytes of a message."""
    return int(_LENGTH.unpack_from(head)[0])


def unpacked(body: bytes | bytearray | memoryview) -> tuple[Any, ...]:
    """The values of a message, from the bytes after its head."""
    values: tuple[Any, ...] = marshal.loads(body)
    return values


def received(link: socket.socket) -> tuple[Any, ...] | None:
    """The next message of a blocking socket; ``None`` when the other end is gone.

    Whoever speaks waits for an answer before the next message, so nothing stands behind one: short ones are read at once.
    """
    got = bytearray()
    try:
        while len(got) < HEAD or len(got) < HEAD + length_of(got):
            block = link.recv(_BLOCK)
            if not block:
                return None
            got += block
    except OSError:
        return None
    return unpacked(memoryview(got)[HEAD:])
