import { readdirSync, readFileSync } from 'node:fs';

/** Processes of `reader-child` that `parent` started, from source or from its bundle. */
export function readersOf(parent: number | undefined): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => parentOf(pid) === parent && contentsOf(pid, 'cmdline').includes('reader-child'));
}

/** Whether the process runs; one that is dead and not waited for does not. */
export function isRunning(pid: number): boolean {
  const state = fieldsOf(pid)[0];
  return state !== undefined && state !== 'Z' && state !== 'X';
}

/** Processor time a process has used so far, in the system's ticks of 10 ms. */
export function ticksOf(pid: number): number {
  const fields = fieldsOf(pid);
  return Number(fields[11]) + Number(fields[12]);
}

/** The environment a process was started with. */
export function environmentOf(pid: number): readonly string[] {
  return contentsOf(pid, 'environ').split('\0').filter(Boolean);
}

function parentOf(pid: number): number {
  return Number(fieldsOf(pid)[1]);
}

/** From the state on: the name before it may hold anything. */
function fieldsOf(pid: number): readonly string[] {
  const text = contentsOf(pid, 'stat');
  return text === '' ? [] : text.slice(text.lastIndexOf(')') + 2).split(' ');
}

function contentsOf(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // it ended between the two looks
  }
}
