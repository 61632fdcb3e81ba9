"""Write the views of the hip map, `static/hip-map/*.svg`: `python -m tools.hip_map`."""

import sys

from tools.hip_map.drawing import FOLDER, VIEWS, drawing

FOLDER.mkdir(exist_ok=True)
for view in VIEWS:
    written = (FOLDER / f"{view}.svg").write_text(drawing(view), encoding="utf-8")
    sys.stdout.write(f"{view}.svg, {written} bytes\n")
