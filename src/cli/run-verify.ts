import colors from 'picocolors';
import { protocols, type Verification, verifyTranscript } from '#protocol';
import { factsText } from './terminal-table.ts';
import { isSignature, keyName, readPublicKey, readTranscript } from './transcript-files.ts';

export interface VerifyCommandOptions {
  /** Files of public keys that may have signed. Absent: whatever key a transcript names. */
  readonly keys?: readonly string[] | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Verifies transcripts and prints what is wrong, with its place. Returns the exit code: 1 when something is.
 *
 * Throws: PolityError (input) for a file that cannot be read, and a key that is none.
 */
export function runVerify(files: readonly string[], { keys, json, quiet }: VerifyCommandOptions): number {
  const trusted = keys?.map(readPublicKey);
  const reports = files.map((file) => {
    const options = { isSignature, protocols, ...(trusted === undefined ? {} : { trusted }) };
    return { file, ...verifyTranscript(readTranscript(file), options) };
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

function print(file: string, { problems, records, conformanceChecked, opening }: Verification, quiet: boolean): void {
  if (problems.length > 0) {
    console.log(`${colors.red('broken')}  ${file}`);
    console.log(factsText(problems.map(({ kind, line, message }) => [`  line ${line}: ${kind}`, message])));
    return;
  }
  if (quiet) return;
  const key = opening?.key == null ? 'nobody signed it' : `signed with ${keyName(opening.key)}`;
  const spoken = conformanceChecked ? `conforms to ${opening?.protocol?.id}` : 'conformance not checked';
  console.log(`${colors.green('ok')}  ${file}  ${records} records, ${key}, ${spoken}`);
}
