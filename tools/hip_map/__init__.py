"""Draw the hip map, our own anatomical drawing, from the points in the files beside this one."""
