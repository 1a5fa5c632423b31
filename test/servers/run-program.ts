import { spawn } from 'node:child_process';
import type { RunAs } from './keep-server.ts';

export interface ProgramOptions {
  readonly input?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly runAs?: RunAs | null;
  readonly cwd?: string;
}

/** Runs a program to its end and returns its standard output; a bad end is an error with what it said. */
export function runProgram(command: string, args: readonly string[], options: ProgramOptions = {}): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { PATH: process.env.PATH, LC_ALL: 'C.UTF-8', ...options.env },
      ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
      ...options.runAs,
    });
    const output: Buffer[] = [];
    const complaint: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => complaint.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(Buffer.concat(output).toString('utf8'));
      else reject(new Error(`${command} ended with ${code}: ${Buffer.concat(complaint).toString('utf8')}`));
    });
    // A program that does not read its input closes the pipe; its exit code tells what happened.
    child.stdin.on('error', () => undefined);
    child.stdin.end(options.input ?? '');
  });
}
