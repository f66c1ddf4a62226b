import type { Problem } from './problem.ts';
import type { Line } from './read-line.ts';
import type { TranscriptRecord } from './record.ts';

/** Lines put in their places. */
export interface Alignment {
  readonly problems: readonly Problem[];
  /** The records that are sound, by their numbers, with the line they stand in (from 1). */
  readonly records: ReadonlyMap<number, { readonly record: TranscriptRecord; readonly line: number }>;
}

/** A line in the order of the file: a number it has, or none that can be believed. */
interface Place {
  readonly line: number;
  readonly record: TranscriptRecord | null;
  seq: number | null;
}

/**
 * Finds what was edited, dropped, moved and replayed, from the numbers of records and their hashes.
 *
 * @param episode The episode that records have to be of.
 */
export function align(lines: readonly Line[], episode: string): Alignment {
  const problems: Problem[] = [];
  const places = placesOf(lines, episode, problems);
  const missing = missingNumbers(places);
  fillIn(places, missing);
  for (const number of missing) {
    const after = places.filter(({ seq }) => seq !== null && seq > number);
    const line = Math.min(lines.length, ...after.map(({ line: at }) => at));
    problems.push({ kind: 'dropped', line, record: number, message: `record ${number} is missing before this line` });
  }
  problems.push(...displaced(places));
  const records = new Map<number, { record: TranscriptRecord; line: number }>();
  for (const { record, seq, line } of places) if (record !== null && seq !== null) records.set(seq, { record, line });
  return { problems, records };
}

/** Every line with its number, where that can be believed; all others are reported. */
function placesOf(lines: readonly Line[], episode: string, problems: Problem[]): Place[] {
  const originals = originalsOf(lines, episode);
  const places: Place[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    const sound = line.state === 'sound' && line.record.episode === episode;
    if (sound && originals.get(line.record.seq) === index) {
      places.push({ line: index + 1, record: line.record, seq: line.record.seq });
    } else {
      places.push({ line: index + 1, record: null, seq: null });
      problems.push(misplaced(lines, index, episode, originals));
    }
  }
  return places;
}

/** Why a line is not what was written there. */
function misplaced(
  lines: readonly Line[],
  index: number,
  episode: string,
  originals: ReadonlyMap<number, number>,
): Problem {
  const line = lines[index];
  const at = { line: index + 1, record: line.state === 'malformed' ? null : line.record.seq };
  if (line.state !== 'sound') return { kind: line.state, ...at, message: line.message };
  const { record } = line;
  if (record.episode !== episode) return { kind: 'replayed', ...at, message: `it is of episode "${record.episode}"` };
  const original = originals.get(record.seq) as number;
  if (isSame(lines[original], record)) {
    return { kind: 'replayed', ...at, message: `record ${record.seq} stands in line ${original + 1} already` };
  }
  return { kind: 'edited', ...at, message: `another record ${record.seq} stands in line ${original + 1}` };
}

/** The line of each number: where several lines have the same, the one that is most likely the one. */
function originalsOf(lines: readonly Line[], episode: string): ReadonlyMap<number, number> {
  const originals = new Map<number, number>();
  const repeated = new Map<number, number[]>();
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line.state !== 'sound' || line.record.episode !== episode) continue;
    const { seq } = line.record;
    const first = originals.get(seq);
    if (first === undefined) originals.set(seq, index);
    else repeated.set(seq, [...(repeated.get(seq) ?? [first]), index]);
  }
  if (repeated.size === 0) return originals;
  const cited = new Set(lines.map((line) => (line.state === 'sound' ? line.record.prev : '')));
  for (const [seq, same] of repeated) originals.set(seq, originalOf(same, lines, cited));
  return originals;
}

/** Which of several lines with the same number is the one: the one that the next record cites, where it follows the one before. */
function originalOf(same: readonly number[], lines: readonly Line[], cited: ReadonlySet<string>): number {
  const score = (index: number) => {
    const { seq, hash } = recordAt(lines, index) as TranscriptRecord;
    const follows = seq === 0 ? index === 0 : recordAt(lines, index - 1)?.seq === seq - 1;
    return (cited.has(hash) ? 2 : 0) + (follows ? 1 : 0);
  };
  return same.reduce((best, index) => (score(index) > score(best) ? index : best));
}

function recordAt(lines: readonly Line[], index: number): TranscriptRecord | undefined {
  const line = lines[index];
  return line?.state === 'sound' ? line.record : undefined;
}

function isSame(line: Line, record: TranscriptRecord): boolean {
  return line.state === 'sound' && line.record.hash === record.hash;
}

/** The numbers up to the highest that no line has. */
function missingNumbers(places: readonly Place[]): Set<number> {
  const there = new Set<number>();
  const missing = new Set<number>();
  let highest = -1;
  for (const { seq } of places) {
    if (seq === null) continue;
    there.add(seq);
    if (seq > highest) highest = seq;
  }
  if (there.size === highest + 1) return missing;
  // A number beyond all reason is not worth counting up to.
  for (let number = 0; number <= Math.min(highest, 2 * places.length); number++) {
    if (!there.has(number)) missing.add(number);
  }
  return missing;
}

/** Lines without a number are taken to be what is missing between their neighbours. */
function fillIn(places: readonly Place[], missing: Set<number>): void {
  for (const [index, place] of places.entries()) {
    if (place.seq !== null) continue;
    const before = index === 0 ? -1 : places[index - 1].seq;
    const after = places[index + 1]?.seq ?? null;
    const candidates = [before === null ? null : before + 1, after === null ? null : after - 1];
    const seq = candidates.find((number) => number !== null && missing.has(number));
    if (seq === undefined || seq === null) continue;
    place.seq = seq;
    missing.delete(seq);
  }
}

/** Lines that stand in each other's places; where more than two do, the fewest whose removal leaves the others in order. */
function displaced(places: readonly Place[]): Problem[] {
  const numbered = places.filter((place): place is Place & { seq: number } => place.seq !== null);
  if (numbered.every(({ seq }, i) => i === 0 || numbered[i - 1].seq < seq)) return [];
  const sorted = numbered.map(({ seq }) => seq).sort((a, b) => a - b);
  const off = numbered.flatMap(({ seq }, i) => (seq === sorted[i] ? [] : i));
  const out = off.length <= 2 ? off : outsideLongestRun(numbered.map(({ seq }) => seq));
  return out.map((i) => {
    const { seq, line } = numbered[i];
    return { kind: 'moved', line, record: seq, message: `record ${seq} stands where record ${sorted[i]} should` };
  });
}

/** Indexes outside the longest ascending subsequence. */
function outsideLongestRun(numbers: readonly number[]): number[] {
  const tails: number[] = [];
  const before = numbers.map((number, i) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (numbers[tails[middle]] < number) low = middle + 1;
      else high = middle;
    }
    tails[low] = i;
    return low === 0 ? -1 : tails[low - 1];
  });
  const kept = new Set<number>();
  for (let i = tails[tails.length - 1] ?? -1; i >= 0; i = before[i]) kept.add(i);
  return numbers.flatMap((_, i) => (kept.has(i) ? [] : i));
}
