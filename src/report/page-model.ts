import type { DescribedFigure, Figure } from './figure.ts';

/** A page as data: what stands where. `pageHtml` writes it down; a notebook or a viewer may show the same parts otherwise. */
export interface PageModel {
  readonly title: string;
  /** Small line above the title. */
  readonly kind: string;
  /** What the experiment asks. */
  readonly lead: string;
  /** Facts under the lead, such as the world and the number of seeds. */
  readonly facts: readonly (readonly [name: string, value: string])[];
  readonly sections: readonly Section[];
}

export interface Section {
  /** Part of the address: `#learning`. */
  readonly id: string;
  readonly heading: string;
  readonly blocks: readonly Block[];
}

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'notice'; readonly tone: 'note' | 'warning'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly string[] }
  | { readonly kind: 'tiles'; readonly tiles: readonly Tile[] }
  | {
      readonly kind: 'figures';
      readonly width: 'full' | 'half' | 'third';
      readonly figures: readonly DescribedFigure[];
    }
  | { readonly kind: 'findings'; readonly tone: 'note' | 'warning'; readonly findings: readonly NotedFinding[] }
  | Chooser
  | { readonly kind: 'table'; readonly table: Table }
  | { readonly kind: 'details'; readonly summary: string; readonly blocks: readonly Block[] };

/** Something that stands out, with what shows it and which settings to turn. */
export interface NotedFinding {
  readonly title: string;
  /** Which of the runs show it; empty where there is one. */
  readonly where: string;
  readonly evidence: string;
  readonly turns: readonly { readonly key: string; readonly now: string; readonly advice: string }[];
  /** When it counts, and why. */
  readonly note: string;
}

/** One place for several figures of which a reader picks one. */
export interface Chooser {
  readonly kind: 'chooser';
  readonly title: string;
  readonly caption: string;
  /** What is chosen: `Negotiation`. */
  readonly label: string;
  readonly choices: readonly { readonly label: string; readonly summary: string; readonly figure: Figure }[];
}

/** A number at a glance. */
export interface Tile {
  readonly title: string;
  readonly value: string;
  readonly interval: string;
  /** How it stands to something, and whether its interval is clear of it. */
  readonly comparisons: readonly {
    readonly text: string;
    readonly tone: 'above' | 'below' | 'open';
    /** Whether that is better or worse; absent where it is open, or depends on what one asks for. */
    readonly verdict?: 'good' | 'bad';
  }[];
}

export interface Table {
  /** What the table is, for its caption. */
  readonly caption: string;
  readonly columns: readonly { readonly label: string; readonly numeric: boolean; readonly swatch?: string }[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Text, or text with a longer explanation, a colour of the palette, or a typewriter look. */
export type Cell =
  | string
  | { readonly text: string; readonly note?: string; readonly swatch?: string; readonly code?: boolean };

/** Nothing where there are no blocks: pages have no empty sections. */
export function section(id: string, heading: string, blocks: readonly Block[]): readonly Section[] {
  return blocks.length === 0 ? [] : [{ id, heading, blocks }];
}
