import { PolityError } from '#core';
import { worlds } from '#envs';
import { protocols, rerunEpisode, type TranscriptRecord, type Verification, verifyTranscript } from '#protocol';
import { colours } from './colours.ts';
import { factsText } from './terminal-table.ts';
import { isSignature, keyName, readPublicKey, readTranscript } from './transcript-files.ts';

export interface VerifyCommandOptions {
  /** Files of public keys that may have signed. Absent: whatever key a transcript names. */
  readonly keys?: readonly string[] | undefined;
  /** Plays episodes again as well. */
  readonly rerun: boolean;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Verifies transcripts and prints what is wrong, with its place. Returns the exit code: 1 when something is.
 *
 * Throws: PolityError (input) for a file that cannot be read, a key that is none, and nothing to play again.
 */
export function runVerify(files: readonly string[], { keys, rerun, json, quiet }: VerifyCommandOptions): number {
  const trusted = keys?.map(readPublicKey);
  const reports = files.map((file) => {
    const options = { isSignature, protocols, ...(trusted === undefined ? {} : { trusted }) };
    const lines = readTranscript(file);
    const verification = verifyTranscript(lines, options);
    if (!rerun || verification.problems.length > 0) return { file, ...verification };
    return { file, ...verification, problems: rerunFile(file, lines, verification) };
  });
  const failed = reports.filter(({ problems }) => problems.length > 0).length;
  const passed = reports.length - failed;
  if (json) {
    const transcripts = reports.map(({ file, problems, records, signed, conformanceChecked, opening }) => {
      const key = opening?.key == null ? null : keyName(opening.key);
      return { file, ok: problems.length === 0, records, signed, key, conformanceChecked, problems };
    });
    console.log(JSON.stringify({ transcripts, passed, failed }));
  } else {
    for (const report of reports) print(report.file, report, quiet);
    console.log(`${passed} passed, ${failed} failed`);
  }
  return failed === 0 ? 0 : 1;
}

function rerunFile(file: string, lines: readonly string[], { opening }: Verification): Verification['problems'] {
  if (opening?.world == null) {
    const remedy = 'Verify it without --rerun';
    throw new PolityError({ code: 'input', where: file, message: 'names no world to play again', remedy });
  }
  const records = lines.map((line) => JSON.parse(line) as TranscriptRecord);
  return rerunEpisode(records, opening, worlds.get(opening.world.env, `${file} › world`));
}

function print(file: string, { problems, records, conformanceChecked, opening }: Verification, quiet: boolean): void {
  if (problems.length > 0) {
    console.log(`${colours.red('broken')}  ${file}`);
    console.log(factsText(problems.map(({ kind, line, message }) => [`  line ${line}: ${kind}`, message])));
    return;
  }
  if (quiet) return;
  const key = opening?.key == null ? 'nobody signed it' : `signed with ${keyName(opening.key)}`;
  const spoken = conformanceChecked ? `conforms to ${opening?.protocol?.id}` : 'conformance not checked';
  console.log(`${colours.green('ok')}  ${file}  ${records} records, ${key}, ${spoken}`);
}
