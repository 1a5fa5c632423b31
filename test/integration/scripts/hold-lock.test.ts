import { spawn } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { holdLock } from '../../../scripts/lib/hold-lock.mjs';

const MODULE = JSON.stringify(fileURLToPath(new URL('../../../scripts/lib/hold-lock.mjs', import.meta.url)));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

function runScript(script: string): { exited: Promise<unknown>; started: Promise<unknown>; kill: () => void } {
  const child = spawn(process.execPath, ['--input-type=module', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  return {
    exited: new Promise((resolve) => child.once('exit', resolve)),
    started: new Promise((resolve) => child.stdout.once('data', resolve)),
    kill: () => void child.kill('SIGKILL'),
  };
}

it('lets processes do their part one after the other', async () => {
  const log = join(folder, 'log');
  const script = `const { holdLock } = await import(${MODULE}); const { appendFileSync } = await import('node:fs');
    for (let i = 0; i < 10; i++) await holdLock(${JSON.stringify(folder)}, async () => {
      appendFileSync(${JSON.stringify(log)}, 'in\\n');
      await new Promise((resolve) => setTimeout(resolve, 2));
      appendFileSync(${JSON.stringify(log)}, 'out\\n');
    });`;
  await Promise.all([runScript(script), runScript(script), runScript(script)].map((each) => each.exited));
  expect(readFileSync(log, 'utf8')).toBe('in\nout\n'.repeat(30));
});

it('is free again when its holder is killed', async () => {
  const holder = runScript(`const { holdLock } = await import(${MODULE});
    await holdLock(${JSON.stringify(folder)}, () => { process.stdout.write('held'); return new Promise(() => setInterval(() => 0, 1000)); });`);
  await holder.started;
  const waiting = holdLock(folder, async () => appendFileSync(join(folder, 'mine'), 'x'));
  holder.kill();
  await waiting;
  expect(readFileSync(join(folder, 'mine'), 'utf8')).toBe('x');
});

it('is released when its body throws', async () => {
  await expect(holdLock(folder, () => Promise.reject(new Error('body')))).rejects.toThrow('body');
  await expect(holdLock(folder, () => Promise.resolve(7))).resolves.toBe(7);
});
