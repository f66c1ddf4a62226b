import type { AecEnv } from '../aec-env.ts';
import type { ParallelEnv } from '../parallel-env.ts';
import { contains } from '../space.ts';
import type { Findings } from './findings.ts';

/**
 * Checks what a face shows of the whole world: its state vector and its render modes.
 *
 * Source: PettingZoo 1.27, `pettingzoo/test/state_test.py` and `render_test.py`.
 */
export function checkFaceLooks(env: ParallelEnv | AecEnv, when: string, findings: Findings): void {
  const { stateSpace, metadata } = env;
  if (stateSpace === undefined) {
    if (!refuses(() => env.state())) findings.fail('faces-looks', `${when}: a state without a state space`);
  } else {
    const state = findings.attempt(`${when}: state()`, () => env.state(), 'faces-looks')?.value;
    if (state !== undefined && (state.length !== stateSpace.low.length || !contains(stateSpace, state))) {
      findings.fail('faces-looks', `${when}: the state of ${state.length} numbers is not in its space`);
    }
  }
  for (const mode of metadata.renderModes) {
    const scene = findings.attempt(`${when}: render("${mode}")`, () => env.render(mode), 'faces-looks')?.value;
    const good = mode === 'text' ? typeof scene === 'string' && scene !== '' : typeof scene === 'object';
    if (!good)
      findings.fail('faces-looks', `${when}: render("${mode}") gives ${scene === '' ? 'nothing' : typeof scene}`);
  }
  if (!refuses(() => env.render('pixels' as never))) {
    findings.fail('faces-looks', `${when}: a render mode that is not listed is accepted`);
  }
}

/** Whether a call throws. */
export function refuses(call: () => unknown): boolean {
  try {
    call();
    return false;
  } catch {
    return true;
  }
}
