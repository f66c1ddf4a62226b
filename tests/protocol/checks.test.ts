import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { checkDeclaration, counterExampleText, type DeclarationSpec, declarationChecks, declare } from '#protocol';
import { errand } from './errand.ts';

/** The errand, broken in one way. */
function broken(change: Partial<DeclarationSpec>) {
  const findings = checkDeclaration(declare({ ...errand, ...change }));
  return findings.map(({ check, subject, message, counterExample }) => ({
    check,
    subject,
    message,
    run: counterExampleText(counterExample),
  }));
}

const patient = errand.states.map(({ name, ...state }) => ('ends' in state ? { name, ...state } : { name }));
const changed = (id: string, change: object) =>
  errand.moves.map((move) => (move.id === id ? { ...move, ...change } : move));

describe('the checks of a declaration', () => {
  it('find nothing wrong with the errand', () => {
    expect(broken({})).toEqual([]);
  });

  it('find a state that no run comes to, and why', () => {
    const states = [...errand.states, { name: 'praised', ends: 'success' as const }];
    expect(broken({ states })).toEqual([
      {
        check: 'unreachable-state',
        subject: 'praised',
        message: 'no run comes to "praised": no move leads there',
        run: 'at the beginning',
      },
    ]);
    const thank = {
      id: 'thank',
      performative: 'inform',
      by: 'boss',
      from: ['asked'],
      to: 'praised',
      nil: ['task'],
    } as const;
    expect(broken({ states, moves: [...errand.moves, { ...thank, nil: ['task'] }] })).toEqual([
      {
        check: 'unreachable-state',
        subject: 'praised',
        message: 'no run comes to "praised": thank binds "task", which is bound at asked',
        run: 'ask (request by boss): idle -> asked',
      },
    ]);
  });

  it('find a state from which nothing leads on, with the way to it', () => {
    const states = errand.states.map((state) => (state.name === 'done' ? { name: 'done' } : state));
    expect(broken({ states })).toEqual([
      {
        check: 'dead-end',
        subject: 'done',
        message: '"done" is not final, and nothing leads on from it',
        run: 'ask (request by boss): idle -> asked; accept (agree by helper): asked -> doing; report (inform by helper): doing -> done',
      },
      expect.objectContaining({ check: 'endless-wait', subject: 'done' }),
    ]);
  });

  it('find a situation in which everything that could be said is said already', () => {
    const moves = changed('accept', { to: 'idle' });
    const found = broken({ moves, states: patient });
    expect(found).toContainEqual({
      check: 'dead-end',
      subject: 'idle',
      message: '"idle" is not final, and nothing leads on from it',
      run: 'ask (request by boss): idle -> asked; accept (agree by helper): asked -> idle',
    });
  });

  it('find a loop that no deadline ends, even where each of its states has one', () => {
    const again = { id: 'again', performative: 'query-ref', by: 'helper', from: ['doing'], to: 'doing' } as const;
    const moves = [...errand.moves, again];
    expect(broken({ moves })).toEqual([
      {
        check: 'endless-loop',
        subject: 'doing',
        message: 'nothing ends the loop doing -> doing',
        run: 'ask (request by boss): idle -> asked; accept (agree by helper): asked -> doing; again and again: again (query-ref by helper): doing -> doing',
      },
    ]);
    expect(broken({ moves: [...errand.moves, { ...again, atMost: 3 }] })).toEqual([]);
    expect(broken({ moves, deadline: { ticks: 20, to: 'broken' } })).toEqual([]);
  });

  it('find no loop where a parameter can be bound only once', () => {
    const moves = [
      ...changed('accept', {}),
      { id: 'back', performative: 'query-ref', by: 'helper', from: ['asked'], to: 'idle' } as const,
    ];
    expect(broken({ moves })).toEqual([]);
  });

  it('find a silence that never ends', () => {
    const states = errand.states.map((state) => (state.name === 'asked' ? { name: 'asked' } : state));
    expect(broken({ states })).toEqual([
      {
        check: 'endless-wait',
        subject: 'asked',
        message: 'at "asked" silence never ends',
        run: 'ask (request by boss): idle -> asked',
      },
    ]);
  });

  it('find two moves that sound the same', () => {
    const stop = { id: 'stop', performative: 'failure', by: 'helper', from: ['doing'], to: 'done' } as const;
    expect(broken({ moves: [...errand.moves, stop] })).toEqual([
      {
        check: 'ambiguous-reply',
        subject: 'fail',
        message:
          '"fail" and "stop" are the same message (failure by helper with nothing), and lead to "broken" and "done"',
        run: 'ask (request by boss): idle -> asked; accept (agree by helper): asked -> doing',
      },
    ]);
    expect(broken({ moves: [...errand.moves, { ...stop, in: ['task'] }] })).toEqual([]);
    expect(broken({ moves: [...errand.moves, { ...stop, from: ['asked'] }] })).toEqual([]);
  });

  it('find a role that can never speak', () => {
    const roles = [...errand.roles, { name: 'witness', count: 1 }];
    expect(broken({ roles })).toMatchObject([
      { check: 'silent-role', subject: 'witness', message: '"witness" has no moves' },
    ]);
    const swear = {
      id: 'swear',
      performative: 'inform',
      by: 'witness',
      from: ['idle'],
      to: 'asked',
      thread: 'addressed',
      in: ['task'],
    } as const;
    expect(broken({ roles, moves: [...errand.moves, swear] })).toMatchObject([
      { check: 'silent-role', subject: 'witness', message: '"witness" can make none of its moves (swear)' },
    ]);
  });

  it('find a commitment that somebody changes whose it is not', () => {
    const [work] = errand.commitments;
    const run = 'ask (request by boss): idle -> asked; accept (agree by helper): asked -> doing';
    expect(broken({ commitments: [{ ...work, releases: ['report'] }] })).toEqual([
      {
        check: 'wrong-party',
        subject: 'report',
        message: '"report" releases "work", and others than its creditor can say it',
        run: `${run}; report (inform by helper): doing -> done`,
      },
    ]);
    expect(broken({ commitments: [{ ...work, cancels: ['ask'] }] })).toMatchObject([
      { check: 'wrong-party', subject: 'ask', message: '"ask" cancels "work", and others than its debtor can say it' },
    ]);
  });

  it('find a commitment that passes to who was not named, or was named by another than has it', () => {
    const parameters = { ...errand.parameters, deputy: { says: 'who', content: z.enum(['helper_0', 'helper_1']) } };
    const commitments = [{ ...errand.commitments[0], delegates: ['step-in'] }];
    const stepIn = {
      id: 'step-in',
      performative: 'agree',
      by: 'helper',
      thread: 'addressed',
      from: ['doing'],
      to: 'doing',
      atMost: 1,
    } as const;
    const name = {
      id: 'name',
      performative: 'request',
      by: 'helper',
      from: ['doing'],
      to: 'doing',
      out: ['deputy'],
    } as const;
    const only = { debtor: 'work' } as const;
    const fail = changed('fail', { only });
    expect(broken({ parameters, commitments, moves: [...fail, stepIn] })).toMatchObject([
      { check: 'wrong-party', message: '"step-in" delegates "work" to whoever says it: nobody was named' },
    ]);
    const named = { ...stepIn, in: ['deputy'], only: { named: 'deputy' } } as const;
    expect(broken({ parameters, commitments, moves: [...fail, name, named] })).toMatchObject([
      {
        subject: 'name',
        message: '"name" names in "deputy" who takes over "work", and others than its debtor can say it',
      },
    ]);
    expect(broken({ parameters, commitments, moves: [...fail, { ...name, only }, named] })).toEqual([]);
    // Once it can pass on, the owner of the thread need not be the debtor.
    expect(broken({ parameters, commitments, moves: [...errand.moves, { ...name, only }, named] })).toMatchObject([
      { subject: 'fail', message: '"fail" cancels "work", and others than its debtor can say it' },
    ]);
  });

  it('each say what holds where they find nothing', () => {
    expect(declarationChecks.map(({ id }) => id)).toEqual([
      'unreachable-state',
      'dead-end',
      'endless-loop',
      'endless-wait',
      'ambiguous-reply',
      'silent-role',
      'wrong-party',
    ]);
    for (const { explains } of declarationChecks) expect(explains).toMatch(/\.$/);
  });
});
