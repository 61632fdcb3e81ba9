"""Cut, level and lay out recorded words."""

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Samples: TypeAlias = NDArray[np.float32]

RATE = 24_000
#: What is quieter than this, beside the loudest part of a word, is taken for silence.
SILENCE = 10 ** (-42 / 20)
#: Every word is as loud as this on average (root mean square), and nowhere louder than PEAK.
LEVEL = 10 ** (-17 / 20)
PEAK = 0.9
BEFORE_S, AFTER_S, GAP_S = 0.01, 0.05, 0.12
MARKER_S = 0.25


def trimmed(samples: Samples) -> Samples:
    """Return the word without the silence around it, with soft edges, at the common level."""
    loud = np.flatnonzero(np.abs(samples) > SILENCE * np.abs(samples).max())
    first = max(0, loud[0] - _count(BEFORE_S))
    word = samples[first : loud[-1] + _count(AFTER_S)].astype(np.float32)
    for length, part in ((_count(BEFORE_S), word), (_count(AFTER_S), word[::-1])):
        part[:length] *= np.linspace(0, 1, length, dtype=np.float32)
    return _levelled(word)


def laid_out(
    words: dict[str, Samples], marker: Samples
) -> tuple[Samples, float, dict[str, tuple[float, float]]]:
    """Return the recording, when its marker begins, and start and length of each word (s).

    The marker, a beep, is what a phone measures the delay of its decoder by.
    """
    pieces = [_silence(MARKER_S), marker, _silence(GAP_S)]
    clips: dict[str, tuple[float, float]] = {}
    for key, word in words.items():
        start = sum(map(len, pieces)) / RATE
        clips[key] = (round(start, 4), round(len(word) / RATE, 4))
        pieces += [word, _silence(GAP_S)]
    return np.concatenate(pieces), MARKER_S, clips


def _levelled(word: Samples) -> Samples:
    # Pauses inside a sentence do not count: a frame counts from a tenth of the loudest one on.
    frames = word[: len(word) // 240 * 240].reshape(-1, 240)
    power = (frames**2).mean(axis=1)
    level = np.sqrt(power[power > power.max() / 100].mean())
    gain = min(LEVEL / level, PEAK / np.abs(word).max())
    return np.asarray(word * gain, dtype=np.float32)


def _silence(seconds: float) -> Samples:
    return np.zeros(_count(seconds), dtype=np.float32)


def _count(seconds: float) -> int:
    return round(seconds * RATE)
