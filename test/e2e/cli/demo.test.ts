import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ensureBuilt } from '../../../scripts/lib/ensure-built.mjs';
import { pinnedNode } from '../../../scripts/lib/pinned-node.mjs';
import { projectRoot } from '../../../scripts/lib/project-root.mjs';
import { readTree } from './read-tree.ts';
import type { RunResult, VerifyDocument } from './results.ts';

interface DemoDocument {
  readonly run: RunResult;
  readonly verify: VerifyDocument;
  readonly ledger: VerifyDocument;
  readonly bundle: VerifyDocument & { readonly path: string };
}

const bundle: string = await ensureBuilt(projectRoot);
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'waybill-demo-test-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs the demo with nothing but a PATH: no keychain, no terminal, no home of its own. */
function demo(...args: string[]): DemoDocument {
  const env = { PATH: process.env['PATH'] ?? '', HOME: join(folder, 'nobody'), TMPDIR: folder };
  const command = [bundle, 'demo', '--json', '--quiet', ...args];
  return JSON.parse(
    execFileSync(pinnedNode(projectRoot), command, { env, cwd: folder, encoding: 'utf8' }),
  ) as DemoDocument;
}

describe('the demo', () => {
  it('needs no keychain, no terminal and no answer, and ends with a package and a bundle that verify', () => {
    const { run, verify, ledger, bundle: handed } = demo('--out', join(folder, 'out'));
    expect(run.state).toBe('succeeded');
    expect(run.tables.map((table) => table.verdict)).toEqual([
      'complete',
      'complete',
      'complete',
      'complete',
      'complete',
    ]);
    for (const result of [verify, ledger, handed]) expect(result.verdict).toBe('CONSISTENT, NOT ANCHORED');
    expect([verify.kind, ledger.kind, handed.kind]).toEqual(['package', 'ledger', 'bundle']);
  });

  it('says in every verdict that its key is a throw-away', () => {
    const { verify, ledger, bundle: handed } = demo('--out', join(folder, 'out'));
    for (const { findings } of [verify, ledger, handed]) {
      expect(findings.map((finding) => finding.code)).toContain('THROW_AWAY');
    }
  });

  it('leaves nothing of its home behind and nothing in the user’s own', () => {
    demo('--out', join(folder, 'out'));
    expect(readdirSync(folder)).toEqual(['out']);
  });

  it('masks what its plan masks: no name and no address of a customer is in the package', () => {
    const { run } = demo('--out', join(folder, 'out'));
    const customers = readFileSync(join(run.package, 'data', 'main.customers.csv'), 'utf8');
    expect(customers).not.toContain('example.net');
    expect(customers).not.toMatch(/Kovács|Lindqvist/);
    expect(customers.match(/REDACTED/g)).toHaveLength(5000);
  });

  it('keeps 19-digit numbers and hostile text exact', () => {
    const { run } = demo('--out', join(folder, 'out'));
    expect(readFileSync(join(run.package, 'data', 'main.customers.csv'), 'utf8')).toContain(
      '\r\n1,9223372036854775807,',
    );
    const orders = readFileSync(join(run.package, 'data', 'main.orders.csv'), 'utf8');
    for (const text of [
      '"First line\nsecond line"',
      'Gift 🎁 for 👩‍👩‍👧',
      'مرحبا، اتركه عند الباب',
      '"Invoice to the ""head office"", not to this address"',
    ]) {
      expect(orders).toContain(text);
    }
  });

  it('gives the same tables on every machine: the seed is the same to the last byte', () => {
    const data = (out: string): unknown => {
      const { run } = demo('--out', join(folder, out));
      // What is masked with a key differs from home to home; these tables have no such mask.
      const files = ['main.orders.csv', 'main.order_lines.csv', 'main.products.csv'];
      return files.map((name) => readFileSync(join(run.package, 'data', name), 'utf8'));
    };
    expect(data('first')).toEqual(data('second'));
  });

  it('writes nothing that others on the machine could read', () => {
    const { run } = demo('--out', join(folder, 'out'));
    for (const { kind, mode } of readTree(run.package)) expect(mode).toBe(kind === 'file' ? '600' : '700');
  });

  it('hands over a bundle that a script of 40 lines checks without Waybill, and refuses when a bit is flipped', () => {
    const { bundle: handed } = demo('--out', join(folder, 'out'));
    const check = (): string =>
      execFileSync('python3', ['verify.py'], { cwd: handed.path, encoding: 'utf8', stdio: 'pipe' });
    expect(check()).toMatch(/^OK/);
    execFileSync('sed', ['-i', 's/sample-shop/sample-shap/', join('data', 'ledger', 'entries.jsonl')], {
      cwd: handed.path,
    });
    expect(check).toThrow();
  });
});
