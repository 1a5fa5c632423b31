import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isInstalled } from '../../../scripts/lib/ensure-installed.mjs';

type Packages = Record<string, object>;

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waybill-install-'));
  mkdirSync(join(root, 'node_modules'));
});
afterEach(() => rmSync(root, { recursive: true }));

function wanted(packages: Packages): void {
  writeFileSync(
    join(root, 'package-lock.json'),
    JSON.stringify({ packages: { '': { name: 'waybill' }, ...packages } }),
  );
}

function present(packages: Packages): void {
  writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages }));
}

const zod = { version: '4.6.7', integrity: 'sha512-a' };

describe('node_modules is taken as installed', () => {
  it('when it holds what the lock names', () => {
    wanted({ 'node_modules/zod': zod });
    present({ 'node_modules/zod': zod });
    expect(isInstalled(root)).toBe(true);
  });

  it('when only another platform’s optional package is absent', () => {
    wanted({ 'node_modules/zod': zod, 'node_modules/x': { ...zod, optional: true, os: ['aix'], cpu: ['ppc64'] } });
    present({ 'node_modules/zod': zod });
    expect(isInstalled(root)).toBe(true);
  });
});

describe('node_modules is taken as stale', () => {
  it('when npm never finished there', () => {
    wanted({ 'node_modules/zod': zod });
    expect(isInstalled(root)).toBe(false);
  });

  it.each([
    ['a package is absent', {}],
    ['a version differs', { 'node_modules/zod': { ...zod, version: '4.6.8' } }],
    ['the content differs', { 'node_modules/zod': { ...zod, integrity: 'sha512-b' } }],
  ])('when %s', (_, packages) => {
    wanted({ 'node_modules/zod': zod });
    present(packages);
    expect(isInstalled(root)).toBe(false);
  });

  it('when this platform’s optional package is absent', () => {
    wanted({ 'node_modules/x': { ...zod, optional: true, os: [process.platform], cpu: [process.arch] } });
    present({});
    expect(isInstalled(root)).toBe(false);
  });
});
