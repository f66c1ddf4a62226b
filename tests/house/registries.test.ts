import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '#cli/commands/index';
import { parityAdapters } from '#cli/parity/adapters/index';
import { layerBuilders } from '#engine/simd/layers/index';
import { worlds, wrappers } from '#envs';
import { algorithms } from '#learn';
import { evaluationMetrics, metrics } from '#metrics';
import { architectures, policies } from '#policies';
import { declarationChecks, protocols } from '#protocol';
import { filesBelow, root } from './source-files.ts';

/** Whether a value has all of some members, those that follow `()` in kind. */
function looksLike(value: unknown, members: readonly string[]): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return members.every((member) => {
    const [name, call] = member.split('()');
    const found = (value as Record<string, unknown>)[name];
    return call === undefined ? found !== undefined : typeof found === 'function';
  });
}

interface Shelf {
  readonly kind: string;
  readonly folder: string;
  readonly isItem: (value: unknown) => boolean;
  readonly holds: (value: never) => boolean;
}

const holdsOf = (items: readonly unknown[]) => (value: never) => items.includes(value);

/** Every folder to which a thing is added as one file and one line. */
const shelves: readonly Shelf[] = [
  {
    kind: 'worlds',
    folder: 'envs',
    isItem: (value) => looksLike(value, ['id', 'params', 'card', 'roles()', 'init()', 'observe()', 'step()']),
    holds: holdsOf(worlds.items),
  },
  {
    kind: 'wrappers',
    folder: 'envs/wrappers',
    isItem: (value) => looksLike(value, ['id', 'card', 'options', 'wrap()']),
    holds: holdsOf(wrappers.items),
  },
  {
    kind: 'minds',
    folder: 'policies',
    isItem: (value) => looksLike(value, ['id', 'card', 'createActor()']),
    holds: holdsOf(policies.items),
  },
  {
    kind: 'architectures',
    folder: 'policies',
    isItem: (value) => looksLike(value, ['id', 'options', 'build()']),
    holds: holdsOf(architectures.items),
  },
  {
    kind: 'metrics',
    folder: 'src/metrics',
    isItem: (value) => looksLike(value, ['id', 'measure()']),
    holds: holdsOf([...metrics.items, ...evaluationMetrics.items]),
  },
  {
    kind: 'protocols',
    folder: 'src/protocol/protocols',
    isItem: (value) => looksLike(value, ['id', 'card', 'options', 'declare()']),
    holds: holdsOf(protocols.items),
  },
  {
    kind: 'checks of protocols',
    folder: 'src/protocol/checks',
    isItem: (value) => looksLike(value, ['id', 'explains', 'find()']),
    holds: holdsOf(declarationChecks),
  },
  {
    kind: 'algorithms',
    folder: 'src/learn',
    isItem: (value) => looksLike(value, ['id', 'card', 'needs', 'createLearner()']),
    holds: holdsOf(algorithms.items),
  },
  {
    kind: 'parity adapters',
    folder: 'src/cli/parity/adapters',
    isItem: (value) => looksLike(value, ['format', 'recorded', 'replay()']),
    holds: holdsOf(parityAdapters),
  },
  {
    kind: 'commands',
    folder: 'src/cli/commands',
    isItem: (value) => typeof value === 'function' && /^add[A-Z]/.test(value.name),
    holds: holdsOf(commands),
  },
  {
    kind: 'layers',
    folder: 'src/engine/simd/layers',
    isItem: (value) => typeof value === 'function' && /^build[A-Z]/.test(value.name),
    holds: holdsOf([...layerBuilders.values()]),
  },
];

describe('registries', () => {
  it.each(shelves)('of $kind list every item that a file of $folder exports', async ({ folder, isItem, holds }) => {
    const missing: string[] = [];
    let found = 0;
    for (const file of filesBelow([folder])) {
      const exported: Record<string, unknown> = await import(/* @vite-ignore */ join(root, file));
      for (const [name, value] of Object.entries(exported)) {
        if (!isItem(value)) continue;
        found++;
        if (!holds(value as never)) missing.push(`${file} › ${name}`);
      }
    }
    expect(missing).toEqual([]);
    expect(found).toBeGreaterThan(1);
  });
});
