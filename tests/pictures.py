"""What the head of a picture's file says about it."""

import struct


def picture_size(image: bytes) -> str:
    """Return the size of a PNG, or of a WebP with extended header, as manifests write it."""
    if image.startswith(b"\x89PNG\r\n\x1a\n"):
        width, height = struct.unpack(">II", image[16:24])
        return f"{width}x{height}"
    assert image[8:16] == b"WEBPVP8X"
    # Canvas width and height minus one, 24 bits each (RFC 9649, 2.7.1).
    width, height = (int.from_bytes(image[i : i + 3], "little") + 1 for i in (24, 27))
    return f"{width}x{height}"
