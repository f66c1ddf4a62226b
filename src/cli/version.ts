import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The version in package.json. */
export function version(): string {
  const path = fileURLToPath(import.meta.resolve('polity/package.json'));
  return (JSON.parse(readFileSync(path, 'utf8')) as { version: string }).version;
}
