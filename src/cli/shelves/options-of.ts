import { z } from 'zod';
import type { Section } from './shelf.ts';

/** A key of parameters or options, as plain data. */
export interface OptionCard {
  readonly key: string;
  /** What it takes, in words: `number 0..1`, `"own", "joint" or number 0..1`. */
  readonly takes: string;
  /** Absent where there is none. */
  readonly default?: unknown;
  readonly description: string;
}

interface Described {
  readonly type?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Described[];
  readonly items?: Described | readonly Described[];
  readonly prefixItems?: readonly Described[];
  readonly properties?: Readonly<Record<string, Described>>;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly default?: unknown;
  readonly description?: string;
}

/** The keys that a schema of parameters or options describes, in their order. */
export function optionsOf(schema: z.ZodType): readonly OptionCard[] {
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Described;
  return Object.entries(properties).map(([key, described]) => ({
    key,
    takes: takes(described),
    ...(described.default === undefined ? {} : { default: described.default }),
    description: described.description ?? '',
  }));
}

/** The keys as a table. */
export function optionsSection(title: string, options: readonly OptionCard[]): readonly Section[] {
  if (options.length === 0) return [];
  const rows = options.map(({ key, takes, default: usual, description }) => [
    key,
    usual === undefined ? '' : JSON.stringify(usual),
    `${description}${description === '' ? '' : ' '}(${takes})`,
  ]);
  return [{ kind: 'table', title, head: ['key', 'default', 'what it is (what it takes)'], rows }];
}

function takes(described: Described): string {
  if (described.const !== undefined) return JSON.stringify(described.const);
  if (described.enum !== undefined) return described.enum.map((value) => JSON.stringify(value)).join(', ');
  if (described.anyOf !== undefined) return [...new Set(described.anyOf.map(takes))].join(' or ');
  switch (described.type) {
    case 'integer':
      return `whole number${range(described)}`;
    case 'number':
      return `number${range(described)}`;
    case 'string':
      return 'text';
    case 'boolean':
      return 'true or false';
    case 'array':
      return listOf(described);
    case 'object':
      return `{ ${Object.keys(described.properties ?? {}).join(', ')} }`;
    default:
      return described.type ?? 'anything';
  }
}

function listOf({ items, prefixItems }: Described): string {
  if (prefixItems !== undefined) return `[${prefixItems.map(takes).join(', ')}]`;
  return items === undefined || Array.isArray(items) ? 'list' : `list of ${takes(items as Described)}`;
}

function range({ minimum, maximum, exclusiveMinimum, exclusiveMaximum }: Described): string {
  const safe = (bound: number | undefined) => (Math.abs(bound ?? 0) === Number.MAX_SAFE_INTEGER ? undefined : bound);
  const [low, high] = [safe(minimum), safe(maximum)];
  if (low !== undefined && high !== undefined) return ` ${low}..${high}`;
  const words = [
    low === undefined ? '' : `at least ${low}`,
    exclusiveMinimum === undefined ? '' : `above ${exclusiveMinimum}`,
    high === undefined ? '' : `at most ${high}`,
    exclusiveMaximum === undefined ? '' : `below ${exclusiveMaximum}`,
  ].filter((word) => word !== '');
  return words.length === 0 ? '' : ` ${words.join(', ')}`;
}
