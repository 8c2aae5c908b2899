import { execFileSync } from 'node:child_process';
import { eventually } from './cluster.ts';

/** Whether a process runs. One that ended and was not yet collected by its parent does not. */
export function isRunning(pid: number): boolean {
  try {
    return !ps(['-o', 'stat=', '-p', String(pid)])
      .trim()
      .startsWith('Z');
  } catch {
    return false;
  }
}

/** The processes whose command line holds a text: of those that still run. */
export function findProcesses(text: string): number[] {
  return ps(['-eo', 'pid=,stat=,args='])
    .split('\n')
    .filter((line) => line.includes(text))
    .flatMap((line) => {
      const [pid, state] = line.trim().split(/\s+/);
      return state?.startsWith('Z') ? [] : [Number(pid)];
    });
}

/** Waits until none of them runs: what was killed when the program ended has yet to end itself. */
export async function untilNoneRuns(text: string): Promise<void> {
  await eventually(async () => {
    const left = findProcesses(text);
    if (left.length > 0) throw new Error(`processes ${left.join(', ')} still run`);
    return true;
  });
}

function ps(args: readonly string[]): string {
  return execFileSync('ps', [...args, '-ww'], { encoding: 'utf8' });
}
