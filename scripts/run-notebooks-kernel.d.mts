import type { CellOutput } from './run-notebooks.mjs';

/** The path of Deno's program, or an error that says what to do about its absence. */
export function findDeno(): string;
/** Starts a kernel with `folder` as its working folder. */
export function startKernel(folder: string): Promise<Kernel>;

export interface Kernel {
  /** Runs a cell and returns what it printed and showed; text and data as they were sent. */
  execute(code: string): Promise<(Omit<CellOutput, 'text'> & { readonly text?: string })[]>;
  close(): Promise<void>;
}
