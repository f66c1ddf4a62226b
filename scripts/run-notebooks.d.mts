/** What a cell printed or showed, as a notebook holds it. */
export interface CellOutput {
  readonly output_type: 'stream' | 'display_data' | 'execute_result' | 'error';
  readonly text?: readonly string[];
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface NotebookCell {
  readonly cell_type: 'code' | 'markdown';
  readonly source: readonly string[];
  readonly execution_count?: number | null;
  readonly outputs?: readonly CellOutput[];
}

export interface Notebook {
  readonly cells: readonly NotebookCell[];
  readonly metadata: { readonly kernelspec: { readonly name: string; readonly language: string } };
}

/** What the cells of a notebook give, as the notebook with these outputs. Throws at the first cell that fails. */
export function runNotebook(file: string): Promise<Notebook>;
/** Numbers of the code cells that show something else than those of `other`. */
export function differentCells(notebook: Notebook, other: Notebook): readonly number[];
