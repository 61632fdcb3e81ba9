// An ear: finds in a rendered track what is due in it. Runs in the page; asks nothing of the renderer.

const TOLERANCE_S = 0.03;
/** Looked for this far around, so that what comes late is told from what does not come. */
const SEARCH_S = 0.1;

/**
 * Listen to a track.
 * @param {Float32Array} track
 * @param {number} rate
 * @param {{at: number, name: string, samples: Float32Array}[]} due what must be in it, and when
 * @returns {{heard: number, wrong: string[], worstMs: number}}
 */
export function listen(track, rate, due) {
  const rest = track.slice();
  const wrong = [];
  let worst = 0;
  // Words are louder than the beat under them, so they are found first and taken out.
  const byPower = [...due].sort((a, b) => Number(isBeep(a)) - Number(isBeep(b)) || a.at - b.at);
  for (const one of byPower) {
    const { late, likeness } = find(rest, rate, one);
    const at = Math.round((one.at + late) * rate);
    for (let n = 0; n < one.samples.length; n += 1) rest[at + n] -= one.samples[n];
    worst = Math.max(worst, Math.abs(late));
    if (likeness < 0.7 || likeness > 1.4) wrong.push(`${one.name} at ${one.at} s is not heard`);
    else if (Math.abs(late) > TOLERANCE_S)
      wrong.push(`${one.name} at ${one.at} s is ${late} s late`);
  }
  const left = rest.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
  if (left > 0.02) wrong.push(`something else is heard, as loud as ${left}`);
  return { heard: due.length - wrong.length, wrong, worstMs: worst * 1000 };
}

const isBeep = ({ name }) => ["change", "countdown", "pace", "end"].includes(name);

/** @returns where it is most like what is due, in seconds off, and how like (1: the same) */
function find(track, rate, { at, samples }) {
  const middle = Math.round(at * rate);
  const reach = Math.round(SEARCH_S * rate);
  const power = product(samples, samples, 0);
  let best = { lag: 0, likeness: -Infinity };
  const look = (lag) => {
    const likeness = product(samples, track, middle + lag) / power;
    if (likeness > best.likeness) best = { lag, likeness };
  };
  for (let lag = -reach; lag <= reach; lag += 2) look(lag);
  for (const lag of [best.lag - 1, best.lag + 1]) look(lag);
  return { late: best.lag / rate, likeness: best.likeness };
}

/** Every fourth sample tells as much, and is heard four times as fast. */
function product(samples, track, from) {
  let sum = 0;
  for (let n = 0; n < samples.length; n += 4) sum += samples[n] * (track[from + n] ?? 0);
  return sum;
}

/**
 * Render a routine, decode the file as a phone would, and listen to it.
 * @param {string} slug
 * @param {number} [shift] seconds by which one beep and one word are put off, to see this ear hear it
 */
export async function hear(slug, shift = 0) {
  const module = (name) => import(`/static/js/player/${name}.js`);
  const [list, { spoken }, tracks, clipping, timeline] = await Promise.all(
    ["cue-list", "speaker", "track", "clips", "timeline"].map(module),
  );
  const { exercises, routines } = await (await fetch("/content.json")).json();
  const phases = timeline.buildTimeline(routines[slug], exercises);
  const cues = list.cuesOf(phases, exercises);
  const clips = await clipping.loadClips();
  const late = [cues.find(({ kind }) => kind === "pace" || kind === "countdown")];
  late.push(cues.find(({ kind, at }) => kind === "say" && at > 20));
  const played = cues.map((cue) => (late.includes(cue) ? { ...cue, at: cue.at + shift } : cue));
  const seconds = timeline.totalSeconds(phases) + list.AFTERWORD_S;
  const began = performance.now();
  const blob = await tracks.renderTrack(played, clips, seconds);
  const tookMs = performance.now() - began;
  const rate = tracks.SAMPLE_RATE;
  const decoder = new OfflineAudioContext(1, 1, rate);
  const track = await decoder.decodeAudioData(await blob.arrayBuffer());
  const voice = await voiceOf(clips, rate);
  const due = cues.flatMap(({ at, kind, clips: said = [] }) =>
    kind === "say"
      ? spoken(said).map(({ key, delay }) => ({ at: at + delay, name: key, samples: voice(key) }))
      : [{ at, name: kind, samples: tracks.beep(kind, rate) }],
  );
  const found = listen(track.getChannelData(0), rate, due);
  const planned = routines[slug].duration_s + list.AFTERWORD_S;
  return { ...found, due: due.length, seconds: track.duration, planned, tookMs, bytes: blob.size };
}

/** @returns a function that gives the samples of a clip */
async function voiceOf({ buffer, slices }, rate) {
  const audio = new OfflineAudioContext(1, Math.ceil(buffer.duration * rate), rate);
  const source = new AudioBufferSourceNode(audio, { buffer });
  source.connect(audio.destination);
  source.start();
  const samples = (await audio.startRendering()).getChannelData(0);
  return (key) => {
    const [start, length] = slices[key];
    return samples.slice(Math.round(start * rate), Math.round((start + length) * rate));
  };
}

/**
 * Say which clips are not where the index says: each begins out of silence, and ends in it.
 * @returns {Promise<{clips: string[], onsetMs: number}>} and how long after its beginning a clip is
 *   first heard; the median, as a soft consonant comes late
 */
export async function misplaced() {
  const { loadClips } = await import("/static/js/player/clips.js");
  const { buffer, slices } = await loadClips();
  const samples = buffer.getChannelData(0).map(Math.abs);
  const part = (from, to) => samples.subarray(from * buffer.sampleRate, to * buffer.sampleRate);
  const peak = (from, to) => part(from, to).reduce((max, value) => Math.max(max, value), 0);
  const clips = Object.entries(slices).map(([key, [start, length]]) => {
    const loudest = peak(start, start + length);
    const before = peak(start - 0.08, start - 0.01);
    const after = peak(start + length + 0.02, start + length + 0.09);
    const onset = part(start, start + length).findIndex((value) => value > loudest / 60);
    return { key, cut: Math.max(before, after) > loudest / 40, onset };
  });
  const onsets = clips.map(({ onset }) => onset).sort((a, b) => a - b);
  const onsetMs = (onsets[Math.floor(onsets.length / 2)] / buffer.sampleRate) * 1000;
  return { clips: clips.filter(({ cut }) => cut).map(({ key }) => key), onsetMs };
}
