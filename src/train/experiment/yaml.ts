import { parseDocument, type ScalarTag } from 'yaml';
import { PolityError } from '#core';

/** Numbers with underscores, `2_000_000`: YAML 1.2 reads them as text. */
const underscored: ScalarTag = {
  tag: 'tag:yaml.org,2002:int',
  default: true,
  test: /^[-+]?[0-9]+(_[0-9]+)+$/,
  resolve: (text) => Number(text.replaceAll('_', '')),
};

/**
 * Reads YAML 1.2 with numbers such as `2_000_000`. An empty text is `null`.
 *
 * Throws: PolityError (input) with line and column of the first fault: syntax, a key given twice, an unknown tag.
 *
 * @example
 * parseYaml('envSteps: 2_000_000', 'x.yaml') // { envSteps: 2000000 }
 */
export function parseYaml(text: string, where: string): unknown {
  const document = parseDocument(text, { customTags: (tags) => [underscored, ...tags] });
  const fault = document.errors[0] ?? document.warnings[0];
  if (fault === undefined) return document.toJS();
  const [{ line, col }] = fault.linePos ?? [{ line: 1, col: 1 }];
  throw new PolityError(
    {
      code: 'input',
      where: `${where} › line ${line}, column ${col}`,
      message: `not YAML (${fault.message.split('\n')[0].replace(/ at line \d+, column \d+:?$/, '')})`,
      remedy: 'Check brackets, colons and indentation there and just before',
    },
    { cause: fault },
  );
}
