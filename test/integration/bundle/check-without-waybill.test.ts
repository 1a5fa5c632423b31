import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BundleHome } from '../../fakes/bundle-home.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const folder = new TempFolder();
const bundle = folder.join('bundle');
const copy = folder.join('copy');

beforeAll(async () => {
  const home = new BundleHome(folder.path);
  for (const last of ['1', '2', '3']) await home.run({ run: `01JD9Z8K3W000000000000000${last}` });
  await home.bundle();
});
afterAll(() => folder[Symbol.dispose]());

function run(command: string, cwd = bundle): SpawnSyncReturns<string> {
  return spawnSync('sh', ['-c', command], {
    cwd,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], TMPDIR: folder.path },
  });
}

/** The indented commands of a step of README.txt, as an auditor would paste them. */
function step(title: string): string {
  const readme = readFileSync(`${bundle}/README.txt`, 'utf8');
  const [, body = ''] = readme.split(title);
  const [section = ''] = body.split(/\n\d\. /);
  return [...section.matchAll(/^ {4}(.+)$/gm)].map(([, line]) => line).join('\n');
}

function corrupted(path: string, at: number, bit = 1): string {
  rmSync(copy, { recursive: true, force: true });
  cpSync(bundle, copy, { recursive: true });
  const bytes = readFileSync(`${copy}/${path}`);
  bytes[at] = (bytes[at] ?? 0) ^ bit;
  writeFileSync(`${copy}/${path}`, bytes);
  return copy;
}

const lengthOf = (path: string): number => readFileSync(`${bundle}/${path}`).length;

describe('checking a bundle without Waybill', () => {
  it('passes sha256sum as README.txt says', () => {
    expect(run(step('2. Nothing')).status).toBe(0);
    expect(run(step('2. Nothing'), corrupted('data/entries.csv', 5)).status).toBe(1);
  });

  it('passes verify.py as README.txt says, from any folder', () => {
    const checked = run(step('3. The entries'));
    expect([checked.status, checked.stderr]).toEqual([0, '']);
    expect(checked.stdout).toMatch(/^OK: 11 entries of waybill-ledger\/\S+, signed by SHA256:\S{43}\n$/);
    expect(readFileSync(`${bundle}/README.txt`, 'utf8')).toContain(checked.stdout.trim().split(' ').at(-1));
    expect(run('python3 -O "$PWD"/../bundle/verify.py', folder.path + '/home').status).toBe(0);
  });

  it('passes openssl as README.txt says', () => {
    const checked = run(step('4. The signature'));
    expect([checked.status, checked.stdout]).toEqual([0, 'Signature Verified Successfully\n']);
    expect(run(step('4. The signature'), corrupted('data/ledger/checkpoint', 3)).status).not.toBe(0);
  });

  it('has a script that can be read: at most 40 lines', () => {
    expect(readFileSync(`${bundle}/verify.py`, 'utf8').trimEnd().split('\n').length).toBeLessThanOrEqual(40);
  });

  it.each(['data/ledger/checkpoint', 'data/ledger/log.vkey'])(
    'fails for a flipped bit at every place of %s',
    (path) => {
      const length = lengthOf(path);
      corrupted(path, 0, 0);
      const judge = [
        'import pathlib, subprocess, sys',
        `target = pathlib.Path(${JSON.stringify(path)})`,
        'good = target.read_bytes()',
        'code = compile(open("verify.py").read(), "verify.py", "exec")',
        'def passes():',
        '    try: exec(code, {"__file__": "verify.py"})',
        '    except SystemExit as end: return end.code in (0, None)',
        '    return True',
        'assert passes()',
        'for at in range(len(good)):',
        '    target.write_bytes(good[:at] + bytes([good[at] ^ 1 << at % 8]) + good[at+1:])',
        '    if passes(): print("MISSED", at)',
      ].join('\n');
      writeFileSync(`${copy}/judge.py`, judge);
      const judged = run('python3 judge.py', copy);
      expect(judged.status).toBe(0);
      expect(judged.stdout).not.toContain('MISSED');
      expect(judged.stdout.match(/^FAILED: /gm)).toHaveLength(length);
    },
  );

  it('fails for a flipped bit, a cut or an addition in entries.jsonl', () => {
    const path = 'data/ledger/entries.jsonl';
    const length = lengthOf(path);
    for (const at of [0, 100, length >> 1, length - 2, length - 1]) {
      const failed = run('python3 verify.py', corrupted(path, at));
      expect([failed.status, failed.stdout.slice(0, 8)]).toEqual([1, 'FAILED: ']);
    }
    corrupted(path, 0, 0);
    const lines = readFileSync(`${copy}/${path}`, 'utf8').split('\n');
    writeFileSync(`${copy}/${path}`, [...lines.slice(0, -2), ''].join('\n'));
    expect(run('python3 verify.py', copy).status).toBe(1);
    writeFileSync(`${copy}/${path}`, [...lines.slice(0, -1), lines[1], ''].join('\n'));
    expect(run('python3 verify.py', copy).status).toBe(1);
    rmSync(`${copy}/${path}`);
    expect(run('python3 verify.py', copy).status).toBe(1);
  });

  it('fails for a checkpoint of another key', async () => {
    using elsewhere = new TempFolder();
    const other = new BundleHome(elsewhere.path);
    await other.run({ run: '01JD9Z8K3W0000000000000009' });
    await other.bundle();
    corrupted('data/ledger/checkpoint', 0, 0);
    cpSync(elsewhere.join('bundle/data/ledger/log.vkey'), `${copy}/data/ledger/log.vkey`);
    expect(run('python3 verify.py', copy).status).toBe(1);
  });
});
