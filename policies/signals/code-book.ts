/** What to send in each state, and what to do at each message. */
export interface CodeBook {
  readonly message: readonly number[];
  readonly act: readonly number[];
  /** Mean payoff over states that are all alike likely. */
  readonly worth: number;
}

/** Sets of acts that are gone through; beyond, acts are added one at a time. */
const mostSets = 200_000;

/**
 * The best code for a sender who sees a state and a receiver who acts: a set of acts, one a message, and in each state the message whose
 * act pays most. Where there are too many sets of acts, they are added one by one, the one that helps most first.
 *
 * Source: by exhaustion; adding one by one reaches 1 - 1/e of the best (Nemhauser, Wolsey and Fisher 1978), as the worth of a set is
 * monotone and submodular.
 *
 * @example
 * bestCode([[1, 0, 0], [0, 1, 0], [0, 0, 1]], 2).worth // 0.6666666666666666
 */
export function bestCode(payoffs: readonly (readonly number[])[], messages: number): CodeBook {
  const acts = payoffs[0].length;
  const size = Math.min(messages, acts);
  const chosen = choose(acts, size) <= mostSets ? byExhaustion(payoffs, acts, size) : oneByOne(payoffs, acts, size);
  const message = payoffs.map((row) => chosen.reduce((best, act, m) => (row[act] > row[chosen[best]] ? m : best), 0));
  // Messages that are never sent mean what the first does.
  const act = Array.from({ length: messages }, (_, m) => chosen[m] ?? chosen[0]);
  return { message, act, worth: worthOf(payoffs, chosen) };
}

function worthOf(payoffs: readonly (readonly number[])[], acts: readonly number[]): number {
  return payoffs.reduce((sum, row) => sum + Math.max(...acts.map((act) => row[act])), 0) / payoffs.length;
}

function choose(n: number, k: number): number {
  let ways = 1;
  for (let i = 0; i < k; i++) ways = (ways * (n - i)) / (i + 1);
  return ways;
}

function byExhaustion(payoffs: readonly (readonly number[])[], acts: number, size: number): number[] {
  let best: number[] = [];
  let bestWorth = Number.NEGATIVE_INFINITY;
  const chosen: number[] = [];
  const add = (from: number): void => {
    if (chosen.length === size) {
      const worth = worthOf(payoffs, chosen);
      if (worth <= bestWorth) return;
      bestWorth = worth;
      best = [...chosen];
      return;
    }
    for (let act = from; act < acts; act++) {
      chosen.push(act);
      add(act + 1);
      chosen.pop();
    }
  };
  add(0);
  return best;
}

function oneByOne(payoffs: readonly (readonly number[])[], acts: number, size: number): number[] {
  const chosen: number[] = [];
  while (chosen.length < size) {
    let best = -1;
    let bestWorth = Number.NEGATIVE_INFINITY;
    for (let act = 0; act < acts; act++) {
      if (chosen.includes(act)) continue;
      const worth = worthOf(payoffs, [...chosen, act]);
      if (worth <= bestWorth) continue;
      best = act;
      bestWorth = worth;
    }
    chosen.push(best);
  }
  return chosen;
}
