"""How every figure is printed: a line of its own, with its goal and whether it holds."""


def figure(name: str, value: float, goal: str) -> None:
    """Print one measured figure and whether it meets `goal`, e.g. "≥ 0.8"."""
    relation, bound = goal.split()
    holds = value >= float(bound) if relation == "≥" else value <= float(bound)
    print(f"{name} {value:.2f} (goal {goal}) {'holds' if holds else 'short'}", flush=True)


def table(heads: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
    """Print rows under their heads, columns aligned."""
    widths = [max(len(row[i]) for row in [heads, *rows]) for i in range(len(heads))]
    for row in [heads, *rows]:
        print(
            "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        )
