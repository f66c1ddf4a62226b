/** Names of words, as upstream prints them. */
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ';

/** Sets what a body says: one word out of several. Shapes: said [speakers, words]. */
export function sayWord(said: Float64Array, speaker: number, words: number, word: number): void {
  said.fill(0, speaker * words, (speaker + 1) * words);
  said[speaker * words + word] = 1;
}

/** Sets what a body says to numbers between 0 and 1, one a word. */
export function sayNumbers(
  said: Float64Array,
  speaker: number,
  words: number,
  actions: Float64Array,
  at: number,
): void {
  for (let w = 0; w < words; w++) {
    const loudness = actions[at + w];
    said[speaker * words + w] = loudness < 0 ? 0 : loudness > 1 ? 1 : loudness;
  }
}

/** What was said, for people: `nothing`, a letter, or how loud each letter is. */
export function wordText(said: Float64Array, speaker: number, words: number): string {
  const own = said.subarray(speaker * words, (speaker + 1) * words);
  const spoken = Array.from(own, (loudness, w) => ({ loudness, letter: alphabet[w] })).filter((l) => l.loudness !== 0);
  if (spoken.length === 0) return 'nothing';
  if (spoken.length === 1 && spoken[0].loudness === 1) return spoken[0].letter;
  return spoken.map(({ loudness, letter }) => `${letter} ${loudness.toFixed(2)}`).join(', ');
}

/** Letters that stand for the words 0..words-1. */
export function wordNames(words: number): string[] {
  return Array.from({ length: words }, (_, w) => alphabet[w]);
}
