import { PolityError } from '#core';
import { type Grid, gridOf } from '../content.ts';
import type { Declaration, Move } from '../declaration.ts';
import { namesAgents } from '../names-agents.ts';
import { type Rule, silence } from '../rule.ts';
import { type Participants, participantsOf } from './participants.ts';

/** A parameter with its number. */
export interface ParameterTable {
  readonly name: string;
  /** Null for a key. */
  readonly grid: Grid | null;
}

/** A move with names turned into numbers, so that nothing is looked up while agents talk. */
export interface MoveTable {
  readonly index: number;
  readonly move: Move;
  readonly role: number;
  /** 1 for states it can be made in. */
  readonly from: Uint8Array;
  readonly to: number;
  /** -1 where there is none. */
  readonly onceAll: number;
  /** Members of the role that have to say it for `onceAll`. */
  readonly quorum: number;
  readonly in: readonly number[];
  /** Parameters that it binds, without keys. */
  readonly out: readonly number[];
  readonly keys: readonly number[];
  readonly nil: readonly number[];
  /** Parameters that have to be unbound, for this move to bind them: those in `out` that no key of this move renews. */
  readonly fresh: readonly number[];
  /** Parameters that a key of this move unbinds. */
  readonly renewed: readonly number[];
  readonly senderFrom: Uint8Array | null;
  readonly senderTo: number;
  /** Role of those addressed; -1 for any. */
  readonly addressee: number;
  /** Number of the commitment whose debtor alone may say it; -1 for none. */
  readonly onlyDebtor: number;
  readonly onlyCreditor: number;
  /** Number of the parameter that names who alone may say it; -1 for none. */
  readonly onlyNamed: number;
  /** Agents that its values name. */
  readonly named: Int32Array | null;
  /** Whether it passes a commitment on. */
  readonly passesOn: boolean;
  /** Rules that close it, whatever its values; soft ones are not among these. */
  readonly rules: readonly Rule[];
}

/** Something an agent can say, as a choice: a move, and in which thread (-1: its own, the only one, or all). */
export interface Utterance {
  readonly move: MoveTable;
  readonly thread: number;
}

/** One choice of content: a whole parameter, or one part of it. */
export interface Component {
  readonly move: MoveTable;
  readonly parameter: number;
  /** Number of the part; -1 for the whole parameter. */
  readonly part: number;
  readonly size: number;
  /** What its digit counts for in the parameter's number. */
  readonly weight: number;
  /** Rules that close values of it one by one; only whole parameters have any. */
  readonly rules: readonly Rule[];
  /** Rules that leave an interval of its values open. */
  readonly narrowing: readonly NarrowingRule[];
}

export type NarrowingRule = Rule & { readonly narrow: NonNullable<Rule['narrow']> };

/** How a role's messages are laid out in its actions and masks. */
export interface RoleTable {
  readonly name: string;
  /** Choice 0 of the first component is silence; choice i is utterance i - 1. */
  readonly utterances: readonly Utterance[];
  readonly components: readonly Component[];
}

export interface Tables {
  readonly declaration: Declaration;
  readonly participants: Participants;
  readonly states: readonly string[];
  readonly stateIndex: ReadonlyMap<string, number>;
  readonly final: Uint8Array;
  /** Ticks of patience of each state; 0 where there is no limit. */
  readonly within: Int32Array;
  readonly late: Int32Array;
  readonly parameters: readonly ParameterTable[];
  readonly parameterIndex: ReadonlyMap<string, number>;
  readonly moves: readonly MoveTable[];
  readonly moveIndex: ReadonlyMap<string, number>;
  readonly roles: readonly RoleTable[];
  /** Rules about saying nothing. */
  readonly silence: readonly Rule[];
}

/** Choices of the largest component that a rule judges value by value. */
const mostJudgedValues = 65_536;

/** Turns a declaration into tables. Throws: PolityError (input) where a rule judges more values than a mask can have. */
export function tabulate(declaration: Declaration): Tables {
  const participants = participantsOf(declaration);
  const states = declaration.states.map(({ name }) => name);
  const stateIndex = indexOf(states);
  const parameters = Object.entries(declaration.parameters).map(([name, { content }]) => ({
    name,
    grid: content === undefined ? null : gridOf(content, `protocol ${declaration.id} › parameters.${name}`),
  }));
  const parameterIndex = indexOf(parameters.map(({ name }) => name));
  const moves = declaration.moves.map((move, index) => moveTable(declaration, move, index, stateIndex, parameterIndex));
  const stateNumber = (name: string | undefined) => (name === undefined ? -1 : (stateIndex.get(name) as number));
  return {
    declaration,
    participants,
    states,
    stateIndex,
    final: Uint8Array.from(declaration.states, ({ ends }) => (ends === undefined ? 0 : 1)),
    within: Int32Array.from(declaration.states, ({ within }) => within ?? 0),
    late: Int32Array.from(declaration.states, ({ late }) => stateNumber(late)),
    parameters,
    parameterIndex,
    moves,
    moveIndex: indexOf(moves.map(({ move }) => move.id)),
    silence: declaration.rules.filter((rule) => closes(rule) && rule.moves.includes(silence)),
    roles: declaration.roles.map(({ name }, role) => ({
      name,
      utterances: moves.filter((move) => move.role === role).flatMap((move) => utterancesOf(move, participants)),
      components: moves
        .filter((move) => move.role === role)
        .flatMap((move) => componentsOf(declaration, move, parameters)),
    })),
  };
}

function indexOf(names: readonly string[]): ReadonlyMap<string, number> {
  return new Map(names.map((name, index) => [name, index]));
}

function moveTable(
  declaration: Declaration,
  move: Move,
  index: number,
  stateIndex: ReadonlyMap<string, number>,
  parameterIndex: ReadonlyMap<string, number>,
): MoveTable {
  const { parameters, states, roles, rules, commitments } = declaration;
  const numbers = (names: readonly string[]) => names.map((name) => parameterIndex.get(name) as number);
  const among = (names: readonly string[]) => Uint8Array.from(states, ({ name }) => (names.includes(name) ? 1 : 0));
  const role = roles.findIndex(({ name }) => name === move.by);
  const renewedBy = (name: string) => parameters[name].under !== undefined && move.out.includes(parameters[name].under);
  const isKey = (name: string) => parameters[name].key === true;
  const { only } = move;
  const commitmentIndex = (id: string) => commitments.findIndex((commitment) => commitment.id === id);
  return {
    index,
    move,
    role,
    from: among(move.from),
    to: stateIndex.get(move.to) as number,
    onceAll: move.onceAll === undefined ? -1 : (stateIndex.get(move.onceAll) as number),
    quorum: roles[role].count - (move.countsAll ? 0 : 1),
    in: numbers(move.in),
    out: numbers(move.out.filter((name) => !isKey(name))),
    keys: numbers(move.out.filter(isKey)),
    nil: numbers(move.nil),
    fresh: numbers(move.out.filter((name) => !isKey(name) && !renewedBy(name))),
    renewed: numbers(Object.keys(parameters).filter(renewedBy)),
    senderFrom: move.sender === undefined ? null : among(move.sender.from),
    senderTo: move.sender === undefined ? -1 : (stateIndex.get(move.sender.to) as number),
    addressee: move.addressee === undefined ? -1 : roles.findIndex(({ name }) => name === move.addressee),
    onlyDebtor: only !== undefined && 'debtor' in only ? commitmentIndex(only.debtor) : -1,
    onlyCreditor: only !== undefined && 'creditor' in only ? commitmentIndex(only.creditor) : -1,
    onlyNamed: only !== undefined && 'named' in only ? (parameterIndex.get(only.named) as number) : -1,
    named: only !== undefined && 'named' in only ? (namesAgents(declaration, only.named) ?? null) : null,
    passesOn: commitments.some(({ assigns = [], delegates = [] }) => [...assigns, ...delegates].includes(move.id)),
    rules: rules.filter((rule) => closes(rule) && rule.parameter === undefined && rule.moves.includes(move.id)),
  };
}

function closes({ soft }: Rule): boolean {
  return soft !== true;
}

function utterancesOf(move: MoveTable, { ownerOf, roleOf }: Participants): readonly Utterance[] {
  if (move.move.thread !== 'addressed') return [{ move, thread: -1 }];
  return [...ownerOf.keys()]
    .filter((thread) => move.addressee < 0 || roleOf[ownerOf[thread]] === move.addressee)
    .map((thread) => ({ move, thread }));
}

function componentsOf(
  { id, rules }: Declaration,
  move: MoveTable,
  parameters: readonly ParameterTable[],
): readonly Component[] {
  return move.out.flatMap((parameter): readonly Component[] => {
    const { name, grid } = parameters[parameter];
    const { size, sizes } = grid as Grid;
    const judging = rules.filter((rule) => rule.parameter === name && rule.moves.includes(move.move.id));
    if (judging.length === 0) {
      return sizes.map((count, part) => {
        const weight = sizes.slice(part + 1).reduce((product, next) => product * next, 1);
        return { move, parameter, part, size: count, weight, rules: [], narrowing: [] };
      });
    }
    if (size > mostJudgedValues) {
      throw new PolityError({
        code: 'input',
        where: `protocol ${id} › rules.${judging[0].id}`,
        message: `a rule over every value of "${name}"`,
        got: `${size} values`,
        expected: `at most ${mostJudgedValues}`,
        remedy: 'Make the content smaller, or judge the move without its values',
      });
    }
    const closing = judging.filter(closes);
    const narrowing = closing.filter((rule): rule is NarrowingRule => rule.narrow !== undefined);
    const others = closing.filter((rule) => rule.narrow === undefined);
    return [{ move, parameter, part: -1, size, weight: 1, rules: others, narrowing }];
  });
}
