import os from 'node:os';
import { findPeers, type PeerTraining } from './peers.ts';
import { type BenchSuite, benchRow } from './suite.ts';
import { spreadExperiment } from './train-suite.ts';
import { measureTraining } from './training-process.ts';

/** Seconds from the command to the end of the first update; for the peers, until they begin to run. */
export const startSuite: BenchSuite = {
  title: 'From the command to the first update, PPO on simple spread',
  async run({ repeats, onProgress, onNote }) {
    const peers = await findPeers(onNote);
    const ours: number[] = [];
    const theirs = new Map<string, PeerTraining[]>(peers.map(({ name }) => [name, []]));
    for (let repeat = 0; repeat < repeats; repeat++) {
      onProgress(`repeat ${repeat + 1}`);
      const { startSeconds } = await measureTraining(
        { ...spreadExperiment(1), budget: { envSteps: 2048 } },
        os.availableParallelism(),
      );
      ours.push(startSeconds);
      for (const peer of peers) theirs.get(peer.name)?.push(await peer.measure());
    }
    const peerRows = [...theirs].map(([name, runs]) =>
      benchRow(
        name,
        'seconds',
        runs.map((run) => run.startSeconds),
      ),
    );
    const row = benchRow('polity train', 'seconds', ours);
    const against = peerRows.map(({ name, median }) => [name, { median, ratio: row.median / median }]);
    return [{ ...row, against: Object.fromEntries(against) }, ...peerRows];
  },
};
