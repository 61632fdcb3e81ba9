"""What a PNG says about itself."""

import struct


def png_size(image: bytes) -> str:
    """Return the size of a PNG as manifests write it: `192x192`."""
    assert image.startswith(b"\x89PNG\r\n\x1a\n")
    width, height = struct.unpack(">II", image[16:24])
    return f"{width}x{height}"
