import os from 'node:os';
import v8 from 'node:v8';
import { createSimdEngine } from '#engine';
import { against } from './bench/against.ts';
import { suites } from './bench/index.ts';
import type { BenchRow } from './bench/suite.ts';
import { colours } from './colours.ts';
import { tableText } from './terminal-table.ts';

export interface BenchCommandOptions {
  readonly repeats: number;
  readonly seconds: number;
  /** An earlier document to compare with. */
  readonly against?: string | undefined;
  readonly json: boolean;
  readonly quiet: boolean;
}

/**
 * Measures a suite, or parts of it, and prints a table or the `bench` document.
 *
 * Throws: PolityError (input) for an unknown suite or part, and for a file that is no document of the suite.
 */
export async function runBench(id: string, parts: readonly string[], options: BenchCommandOptions): Promise<void> {
  const { repeats, seconds, json, quiet } = options;
  const suite = await suites.get(id, 'polity bench').load();
  // An earlier file that cannot be read is refused before minutes are spent.
  if (options.against !== undefined) against([], id, options.against);
  const onNote = (text: string) => {
    if (!quiet) console.error(text);
  };
  const onProgress = (what: string) => onNote(`measuring ${what} ...`);
  const measured = await suite.run({ parts, repeats, seconds, onProgress, onNote });
  const rows = options.against === undefined ? measured : against(measured, id, options.against);
  const host = hostFacts();
  if (json) {
    console.log(JSON.stringify({ suite: id, host, rows }));
    return;
  }
  console.log(`${colours.bold(id)}: ${suite.title}; ${repeats} repeats`);
  console.log(`${host.cpu}, ${host.cores} cores, Node ${host.node}, ${host.kernels} kernels`);
  console.log(benchTable(rows));
}

/** The machine, as far as speeds depend on it. */
export function hostFacts() {
  const engine = createSimdEngine({
    enableRelaxed: () => v8.setFlagsFromString('--experimental-wasm-relaxed-simd'),
  });
  const cpu = os.cpus()[0]?.model.trim() ?? 'unknown';
  return { cpu, cores: os.availableParallelism(), node: process.version, kernels: engine.variant };
}

function benchTable(rows: readonly BenchRow[]): string {
  const sides = [...new Set(rows.flatMap((row) => Object.keys(row.against)))];
  const head = ['what', 'unit', 'min', 'median', 'max', ...sides.map((side) => `/ ${side}`)];
  const cells = rows.map(({ name, unit, min, median, max, against: others }) => [
    name,
    unit,
    ...[min, median, max].map(speedText),
    ...sides.map((side) => (others[side] === undefined ? '' : others[side].ratio.toFixed(2))),
  ]);
  return tableText(head, cells, head.map((_, c) => c).slice(2));
}

/** Three digits are what repeats agree on. */
function speedText(value: number): string {
  return Number(value.toPrecision(3)).toLocaleString('en');
}
