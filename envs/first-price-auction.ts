import { discrete, type Field, fieldBox } from '#core';
import { drawTable } from './exact/scene.ts';
import { exactWorld } from './exact/world.ts';
import {
  type FirstPriceAuctionParams,
  type FirstPriceAuctionState,
  firstPriceAuctionParams,
  firstPriceAuctionRules,
} from './first-price-auction/rules.ts';

/** A first-price sealed-bid auction with private values. */
export const firstPriceAuction = exactWorld<FirstPriceAuctionState, FirstPriceAuctionParams>(firstPriceAuctionRules, {
  id: 'first-price-auction',
  params: firstPriceAuctionParams,
  card: {
    title: 'First-price sealed-bid auction',
    description:
      'Everybody draws a private value and bids once, unseen by the others; the highest bidder pays its own bid, ties are broken by lot. Two to ten bidders.',
    source:
      'Vickrey (1961), "Counterspeculation, auctions, and competitive sealed tenders"; rules, actions and tensors of google-deepmind/open_spiel 2.0.2, games/first_sealed_auction.',
    licence: 'Rules are facts; open_spiel is Apache-2.0.',
    tests: 'Shading a bid against unknown rivals: profit against the chance of winning.',
    rewardScale: {
      agent: 'Value less bid to the winner, at the end: 1 to 10; 0 to the others.',
      team: 'The winner’s profit.',
    },
    horizon: 'One move a bidder, in order but unseen. Always a termination.',
    randomReturn: {
      episodes: 10_000,
      seed: 0,
      team: { mean: 3.0409, standardError: 0.0205 },
      roles: { bidder: { mean: 1.5204, standardError: 0.0102 } },
    },
    baseline: {
      policies: { bidder: 'shading-bidder' },
      episodes: 1000,
      seed: 0,
      team: { mean: 3.67, standardError: 0.0378 },
      roles: { bidder: { mean: 1.835, standardError: 0.0189 } },
    },
    knownAnswer:
      'With values drawn evenly from an interval the equilibrium bid is the value times (players - 1) / players; here values and bids are whole, so about that.',
  },

  roles({ players, maxValue, view }) {
    const fields: Field[] =
      view === 'observation'
        ? [{ name: 'value', size: maxValue }]
        : [
            { name: 'player', size: players },
            { name: 'value', size: maxValue },
            { name: 'bid', size: maxValue },
          ];
    const labels = Array.from({ length: maxValue }, (_, bid) => `bid ${bid}`);
    return [
      { name: 'bidder', count: players, observation: fieldBox(fields, 0, 1), action: discrete(maxValue, labels) },
    ];
  },

  declares: ({ maxValue }) => ({ rewardBounds: [0, maxValue] }),

  observe({ values, bids }, agent, out, { players, maxValue, view }) {
    out.fill(0);
    const at = view === 'observation' ? 0 : players;
    out[at + values[agent] - 1] = 1;
    if (view === 'observation') return;
    out[agent] = 1;
    if (bids[agent] >= 0) out[at + maxValue + bids[agent]] = 1;
  },

  stateSize: ({ players }) => 2 * players,

  stateVector({ values, bids }, out, { players, maxValue }) {
    for (let p = 0; p < players; p++) {
      out[p] = values[p] / maxValue;
      out[players + p] = bids[p] / maxValue;
    }
  },

  metrics({ values, bids, winner }) {
    const best = values.reduce((most, value) => Math.max(most, value), 0);
    return { price: bids[winner], efficient: values[winner] === best ? 1 : 0 };
  },

  text({ values, bids, bidden, winner }, agent, { players, maxValue }) {
    const lines = [
      `A sealed-bid auction among ${players} bidders; the highest bid wins and is paid. Values are between 1 and ${maxValue}.`,
      `You are bidder ${agent}. The thing is worth ${values[agent]} to you.`,
    ];
    if (bids[agent] >= 0) lines.push(`You have bid ${bids[agent]}.`);
    if (winner >= 0)
      lines.push(
        `Bidder ${winner} wins with ${bids[winner]}. You get ${winner === agent ? values[agent] - bids[agent] : 0}.`,
      );
    else if (bidden === agent) lines.push(`Bid from 0 to ${values[agent] - 1}.`);
    else lines.push('The others have yet to bid.');
    return lines.join('\n');
  },

  draw({ values, bids, winner }) {
    const rows = Array.from(values, (value, p) => {
      const label = bids[p] < 0 ? '?' : String(bids[p]);
      return [`bidder ${p}`, String(value), winner === p ? { label, fill: `agent${p}` as const } : label] as const;
    });
    return drawTable(rows, winner < 0 ? 'Values and bids' : `Values and bids: bidder ${winner} wins`);
  },
});

export type { FirstPriceAuctionParams, FirstPriceAuctionState };
