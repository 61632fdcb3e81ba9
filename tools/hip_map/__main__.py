"""Write `static/hip-map.svg`: `python -m tools.hip_map`."""

import sys

from tools.hip_map.drawing import FILE, drawing

FILE.write_text(drawing(), encoding="utf-8")
sys.stdout.write(f"{FILE.name}, {FILE.stat().st_size} bytes\n")
