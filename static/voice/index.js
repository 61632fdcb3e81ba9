// Made by tools/voice (make voice): where each word is in the recording. Do not edit.
/** @type {{words: string, file: string, bytes: number, marker: number, clips: Record<string, [number, number]>}} */
export default { words: "", file: "", bytes: 0, marker: 0, clips: {} };
