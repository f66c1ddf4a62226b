/** A rating, how uncertain it is, and how much it is expected to move. */
export interface GlickoRating {
  readonly rating: number;
  readonly deviation: number;
  readonly volatility: number;
}

/** A game of a rating period: whom it was against, and the score 1, 0.5 or 0. */
export interface GlickoGame {
  readonly opponent: Pick<GlickoRating, 'rating' | 'deviation'>;
  readonly score: number;
}

/** Points on the scale of Glicko per unit of Glicko-2's own scale. */
const scale = 173.7178;

/**
 * A rating after a rating period. Without games only its uncertainty grows.
 *
 * Units: Glicko's points, 1500 for a newcomer with deviation 350; `tau` limits how fast volatility changes, 0.3 to 1.2.
 * Source: Glickman (2013), "Example of the Glicko-2 system", steps 2 to 8; volatility by the Illinois algorithm of step 5.
 *
 * @example
 * glickoUpdate({ rating: 1500, deviation: 200, volatility: 0.06 }, []).deviation // Math.hypot(200, 0.06 * 173.7178)
 */
export function glickoUpdate(player: GlickoRating, games: readonly GlickoGame[], tau = 0.5): GlickoRating {
  const mu = (player.rating - 1500) / scale;
  const phi = player.deviation / scale;
  if (games.length === 0) return { ...player, deviation: scale * Math.hypot(phi, player.volatility) };
  let information = 0;
  let surprise = 0;
  for (const { opponent, score } of games) {
    const g = 1 / Math.sqrt(1 + 3 * (opponent.deviation / scale / Math.PI) ** 2);
    const expected = 1 / (1 + Math.exp(-g * (mu - (opponent.rating - 1500) / scale)));
    information += g * g * expected * (1 - expected);
    surprise += g * (score - expected);
  }
  const variance = 1 / information;
  const volatility = nextVolatility(player.volatility, phi, variance, variance * surprise, tau);
  const widened = Math.hypot(phi, volatility);
  const deviation = 1 / Math.sqrt(1 / widened ** 2 + information);
  return {
    rating: 1500 + scale * (mu + deviation * deviation * surprise),
    deviation: scale * deviation,
    volatility,
  };
}

function nextVolatility(volatility: number, phi: number, variance: number, delta: number, tau: number): number {
  const a = Math.log(volatility ** 2);
  const slope = (x: number) => {
    const spread = phi ** 2 + variance + Math.exp(x);
    return (Math.exp(x) * (delta ** 2 - spread)) / (2 * spread ** 2) - (x - a) / tau ** 2;
  };
  let left = a;
  let right = a - tau;
  if (delta ** 2 > phi ** 2 + variance) right = Math.log(delta ** 2 - phi ** 2 - variance);
  else while (slope(right) < 0) right -= tau;
  let atLeft = slope(left);
  let atRight = slope(right);
  while (Math.abs(right - left) > 1e-12) {
    const middle = left + ((left - right) * atLeft) / (atRight - atLeft);
    const atMiddle = slope(middle);
    if (atMiddle * atRight <= 0) {
      left = right;
      atLeft = atRight;
    } else {
      atLeft /= 2;
    }
    right = middle;
    atRight = atMiddle;
  }
  return Math.exp(left / 2);
}
