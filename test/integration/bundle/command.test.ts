import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';

const CLI = fileURLToPath(new URL('../../../src-main/hosts/cli/main.ts', import.meta.url));

it('makes a bundle from the command line, and refuses with the documented exit codes', () => {
  using folder = new TempFolder();
  writeFileSync(folder.join('passphrase'), 'a passphrase of some length');
  const waybill = (...args: string[]): [number | null, string] => {
    const all = [CLI, ...args, '--home', folder.join('home'), '--passphrase-file', folder.join('passphrase')];
    const { status, stdout } = spawnSync(process.execPath, all, { cwd: folder.path, encoding: 'utf8' });
    return [status, stdout];
  };
  expect(waybill('ledger', 'bundle')[0]).toBe(2);
  expect(waybill('ledger', 'bundle', '--out', 'audit')[0]).toBe(4);
  expect(existsSync(folder.join('audit'))).toBe(false);
  expect(waybill('ledger', 'new')[0]).toBe(0);
  const [status, stdout] = waybill('ledger', 'bundle', '--out', 'audit', '--json');
  expect([status, JSON.parse(stdout)]).toEqual([0, { bundle: folder.join('audit'), size: 2, files: 9, absent: [] }]);
  expect(waybill('ledger', 'bundle', '--out', 'audit')[0]).toBe(5);
  expect(waybill('verify', 'audit')[0]).toBe(0);
});
