import type { Team } from '#learn';

/** A team that knows how long its thread has waited for the others since it was last asked, in seconds. */
export function timedTeam(team: Team): { readonly team: Team; takeWait(): number } {
  let waited = 0;
  const barrier = () => {
    const begun = performance.now();
    team.barrier();
    waited += (performance.now() - begun) / 1000;
  };
  const takeWait = () => {
    const seconds = waited;
    waited = 0;
    return seconds;
  };
  return { team: { ...team, barrier }, takeWait };
}
