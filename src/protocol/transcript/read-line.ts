import { canonicalJson } from './canonical-json.ts';
import { hashRecord, recordSchema, type TranscriptRecord } from './record.ts';

/** A line as it was read. */
export type Line =
  | { readonly state: 'sound'; readonly record: TranscriptRecord }
  /** Its hash is not its own, or it is written otherwise than records are. */
  | { readonly state: 'edited'; readonly record: TranscriptRecord; readonly message: string }
  | { readonly state: 'malformed'; readonly message: string };

/** Reads one line, whatever it is. */
export function readLine(text: string): Line {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { state: 'malformed', message: `not JSON (${(error as Error).message})` };
  }
  const result = recordSchema.safeParse(value);
  if (!result.success) {
    const [{ path, message }] = result.error.issues;
    return {
      state: 'malformed',
      message: `not a record (${path.length === 0 ? '' : `${path.join('.')}: `}${message})`,
    };
  }
  const record = result.data;
  if (hashRecord(record) !== record.hash) return { state: 'edited', record, message: 'its hash is not its own' };
  if (canonicalJson(record) !== text) return { state: 'edited', record, message: 'it is not written as records are' };
  return { state: 'sound', record };
}

/** Reads lines and remembers them, for whoever reads the same ones again and again. */
export function rememberingReader(): (text: string) => Line {
  const known = new Map<string, Line>();
  return (text) => {
    let line = known.get(text);
    if (line === undefined) {
      line = readLine(text);
      known.set(text, line);
    }
    return line;
  };
}
