import { describe, expect, test } from 'vitest';
import {
  type ActorContext,
  box,
  createStreams,
  discrete,
  fieldBox,
  layOutAgents,
  multiDiscrete,
  type Space,
} from '#core';
import { findPolicy, policies } from '#policies';

/** A role with the given action and fields, in a world of no name. */
function contextWith(action: Space, fields = [{ name: 'start', size: 1 }]): ActorContext {
  const observation = fieldBox(fields, 0, 1);
  const env = { id: 'other-world', roles: () => [{ name: 'one', count: 2, observation, action }] };
  const role = layOutAgents(env as never, {}).roles[0];
  return { env: { id: 'other-world', params: {} }, role, rows: 2, rng: createStreams(0).stream('any') };
}

test('the minds that were promised are there', () => {
  expect(policies.ids).toEqual(
    expect.arrayContaining([
      'random',
      'boulware',
      'linear',
      'conceder',
      'greedy',
      'fair',
      'always',
      'tit-for-tat',
      'grim',
      'pavlov',
    ]),
  );
});

test('every card says what it does, where it comes from and which worlds it is for', () => {
  for (const { card } of policies.items) {
    expect(card.title.length).toBeGreaterThan(3);
    expect(card.description.length).toBeGreaterThan(20);
    expect(card.source.length).toBeGreaterThan(10);
    expect(card.worlds.length).toBeGreaterThan(0);
  }
});

describe('findPolicy', () => {
  test('gives the registered policy for a plain id', () => {
    expect(findPolicy('boulware')).toBe(policies.get('boulware'));
  });

  test('keeps the argument in the id, so that tables tell members apart', () => {
    expect(findPolicy('always(Defect)').id).toBe('always(Defect)');
    expect(findPolicy(' tit-for-tat( 0 ) ').id).toBe('tit-for-tat(0)');
  });

  test.each([
    ['boulwere', 'seats.player: unknown policy: got "boulwere". Did you mean "boulware"?'],
    ['alwais(0)', 'unknown policy: got "alwais". Did you mean "always"?'],
    ['boulware(4)', 'got "boulware(4)", expected "boulware", which takes no argument'],
    ['always()', 'got "always()", expected the action, by name or number, such as always(0)'],
    ['always(0', 'got "always(0", expected a name, or a name with an argument in parentheses, such as always(0)'],
    ['always(0)(1)', 'not a policy id'],
    ['always((0))', 'not a policy id'],
    ['', 'unknown policy: got ""'],
  ])('refuses %o, saying what would do', (id, message) => {
    expect(() => findPolicy(id, 'seats.player')).toThrow(message);
  });
});

describe('always', () => {
  const act = (id: string, context: ActorContext, masks = new Uint8Array(2 * context.role.maskSize).fill(1)) => {
    const actions = new Float64Array(2).fill(-1);
    const observations = new Float32Array(2);
    findPolicy(id)
      .createActor(context)
      .act({ rows: Int32Array.of(1), count: 1, observations, masks, actions });
    return [...actions];
  };

  test('plays the action by number or label in the rows that act, and in no others', () => {
    expect(act('always(2)', contextWith(discrete(3)))).toEqual([-1, 2]);
    expect(act('always(defect)', contextWith(discrete(2, ['Cooperate', 'Defect'])))).toEqual([-1, 1]);
  });

  test('takes a label before a number', () => {
    expect(act('always(1)', contextWith(discrete(3, ['0', '2', '1'])))).toEqual([-1, 2]);
  });

  test('refuses an action that the world does not have, with the nearest', () => {
    const world = contextWith(discrete(2, ['Cooperate', 'Defect']));
    expect(() => act('always(defekt)', world)).toThrow(
      'always(defekt) › other-world › one: unknown action: got "defekt", expected 0..1 or a name. Did you mean "Defect"?',
    );
    expect(() => act('always(2)', world)).toThrow('unknown action: got "2"');
    expect(() => act('always(-1)', world)).toThrow('unknown action: got "-1"');
  });

  test('refuses actions that are not one choice', () => {
    expect(() => act('always(0)', contextWith(multiDiscrete([2, 3])))).toThrow(
      'got multiDiscrete 2 x 3, expected one discrete action',
    );
    expect(() => act('always(0)', contextWith(box([2], 0, 1)))).toThrow('got box [2], expected one discrete action');
  });

  test('asks for its action when it has none', () => {
    expect(() => act('always', contextWith(discrete(2, ['Cooperate', 'Defect'])))).toThrow(
      'which action?: got "always", expected an action between parentheses. Write always(Cooperate) or always(Defect)',
    );
  });

  test('stops where its action is not legal instead of playing another', () => {
    expect(() => act('always(1)', contextWith(discrete(2)), Uint8Array.of(1, 1, 1, 0))).toThrow(
      'always(1) › other-world: its action is not legal now: got action 1, expected a legal action',
    );
  });
});

describe('a policy in a world that it is not made for', () => {
  test.each(['boulware', 'linear', 'conceder', 'greedy', 'fair'])('%s names the fields that it needs', (id) => {
    expect(() => findPolicy(id).createActor(contextWith(discrete(121)))).toThrow(
      `${id} › other-world › one: cannot play this role: got start, expected the fields offersMade, pool/…, values/… and offer/… of a bargaining world. Seat it in bargaining`,
    );
  });

  test('a negotiator refuses actions that are not offers', () => {
    const fields = ['offersMade', 'pool/hat', 'values/hat', 'offer/hat'].map((name) => ({ name, size: 4 }));
    const refusal = 'expected actions named "agree" and "keep n"';
    expect(() =>
      findPolicy('fair').createActor(contextWith(discrete(3, ['keep 0', 'hold 1', 'agree']), fields)),
    ).toThrow(refusal);
    expect(() => findPolicy('fair').createActor(contextWith(discrete(2, ['keep 0', 'keep 1']), fields))).toThrow(
      refusal,
    );
    expect(() => findPolicy('fair').createActor(contextWith(discrete(3), fields))).toThrow(refusal);
  });

  test('greedy-spread names the fields and the actions that it needs', () => {
    expect(() => findPolicy('greedy-spread').createActor(contextWith(discrete(5)))).toThrow(
      'got start, expected the fields velocity and landmark0, landmark1, ..., each a pair',
    );
    const fields = ['velocity', 'landmark0', 'other0'].map((name) => ({ name, size: 2 }));
    expect(() => findPolicy('greedy-spread').createActor(contextWith(discrete(4), fields))).toThrow(
      'got 4 actions, expected five moves (stay, left, right, down, up) or five pushes',
    );
  });
});
