import { MultiBar, Presets, type SingleBar } from 'cli-progress';
import type { TrainingProgress } from '#train';

/** Shows on stderr how runs get on; a run is called by its folder. */
export interface TrainingDisplay {
  progress(run: string, at: TrainingProgress): void;
  evaluation(run: string, envSteps: number, value: number | undefined): void;
  /** The run has ended, one way or another. */
  end(run: string): void;
  close(): void;
}

export interface DisplayOptions {
  readonly quiet: boolean;
  /** A line for every update instead of a bar. */
  readonly verbose: boolean;
  readonly stream: NodeJS.WriteStream;
}

/** Bars where stderr is a terminal, lines where it is not, nothing when asked to be quiet. */
export function createTrainingDisplay({ quiet, verbose, stream }: DisplayOptions): TrainingDisplay {
  if (quiet) return { progress: () => {}, evaluation: () => {}, end: () => {}, close: () => {} };
  return stream.isTTY && !verbose ? bars(stream) : lines(stream, verbose);
}

function bars(stream: NodeJS.WriteStream): TrainingDisplay {
  const format = '{bar} {percent} {run}  {rate}  {left}  {value}';
  const all = new MultiBar({ stream, format, hideCursor: true, clearOnComplete: false, barsize: 24 }, Presets.rect);
  const byRun = new Map<string, { bar: SingleBar; clock: Clock; value: string }>();
  const of = (run: string) => {
    const known = byRun.get(run);
    if (known !== undefined) return known;
    const bar = all.create(1, 0, { run, percent: '  0 %', rate: '', left: '', value: '' });
    const made = { bar, clock: createClock(), value: '' };
    byRun.set(run, made);
    return made;
  };
  return {
    progress(run, at) {
      const { bar, clock, value } = of(run);
      const { rate, left } = clock.estimate(at);
      const percent = `${Math.floor(100 * at.progress)} %`.padStart(5);
      bar.update(at.progress, { percent, rate, left, value });
    },
    evaluation(run, _envSteps, value) {
      if (value !== undefined) of(run).value = `return ${value.toFixed(2)}`;
    },
    end: (run) => byRun.get(run)?.bar.stop(),
    close: () => all.stop(),
  };
}

function lines(stream: NodeJS.WriteStream, verbose: boolean): TrainingDisplay {
  const byRun = new Map<string, { clock: Clock; last: string }>();
  const of = (run: string) => {
    const known = byRun.get(run) ?? { clock: createClock(), last: '' };
    byRun.set(run, known);
    return known;
  };
  return {
    progress(run, at) {
      const known = of(run);
      const { rate, left } = known.clock.estimate(at);
      known.last = `${Math.floor(100 * at.progress)} %, ${rate}, ${left}`;
      if (verbose) stream.write(`${run}: update ${at.update}, ${known.last}\n`);
    },
    evaluation(run, envSteps, value) {
      const said = value === undefined ? '' : ` return ${value.toFixed(3)}`;
      const { last } = of(run);
      stream.write(`${run}: ${thousands(envSteps)} env-steps${said}${last === '' ? '' : ` (${last})`}\n`);
    },
    end: () => {},
    close: () => {},
  };
}

interface Clock {
  estimate(at: TrainingProgress): { readonly rate: string; readonly left: string };
}

/** Speed and time left, from what happened since this process began watching. */
function createClock(): Clock {
  let first: TrainingProgress | undefined;
  return {
    estimate(at) {
      first ??= at;
      const seconds = at.elapsedSeconds - first.elapsedSeconds;
      const done = at.progress - first.progress;
      const rate = seconds > 0 ? (at.envSteps - first.envSteps) / seconds : at.envSteps / at.elapsedSeconds;
      const perProgress = done > 0 ? seconds / done : at.elapsedSeconds / Math.max(at.progress, 1e-9);
      return { rate: `${thousands(rate)} env-steps/s`, left: `${duration(perProgress * (1 - at.progress))} left` };
    },
  };
}

/** `412`, `30 k`, `1.25 M`. */
export function thousands(value: number): string {
  if (value >= 1e6) return `${Number((value / 1e6).toFixed(2))} M`;
  return value >= 1e4 ? `${Math.round(value / 1e3)} k` : String(Math.round(value));
}

/** `41 s`, `3 min 20 s`, `2 h 5 min`. */
export function duration(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`;
}
