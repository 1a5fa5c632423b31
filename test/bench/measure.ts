import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';

export interface Measurement {
  readonly seconds: number;
  /** Peak of the proportional set size of the process and its children, bytes. */
  readonly peakBytes: number;
}

export interface MeasuredCommand {
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** How often its memory is looked at: each look goes through its pages, and what is measured waits meanwhile. */
const LOOK_EVERY_MS = 200;

/** Runs a command to its end and measures it from outside. Fails when it does. */
export async function measure(request: MeasuredCommand): Promise<Measurement> {
  const began = process.hrtime.bigint();
  const child = spawn(request.command, [...request.args], {
    env: { ...process.env, ...request.env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stderr: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
  let peakBytes = 0;
  const look = (): void => {
    peakBytes = Math.max(peakBytes, child.pid === undefined ? 0 : treeBytes(child.pid));
  };
  // One early: a small one may be over soon.
  const early = setTimeout(look, LOOK_EVERY_MS / 4);
  const sampler = setInterval(look, LOOK_EVERY_MS);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  clearTimeout(early);
  clearInterval(sampler);
  const seconds = Number(process.hrtime.bigint() - began) / 1e9;
  if (code !== 0)
    throw new Error(`${request.command} ended with ${code}: ${Buffer.concat(stderr).toString().slice(-2000)}`);
  return { seconds, peakBytes };
}

function treeBytes(pid: number): number {
  return proportionalBytes(pid) + childrenOf(pid).reduce((sum, child) => sum + treeBytes(child), 0);
}

function proportionalBytes(pid: number): number {
  const match = /^Pss:\s+(\d+) kB/m.exec(readText(`/proc/${pid}/smaps_rollup`));
  return match === null ? 0 : Number(match[1]) * 1024;
}

function childrenOf(pid: number): number[] {
  try {
    return readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readText(`/proc/${pid}/task/${task}/children`).split(' ').filter(Boolean).map(Number),
    );
  } catch {
    return []; // the process ended between two samples
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return ''; // the process ended between two samples
  }
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
