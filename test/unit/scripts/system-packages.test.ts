import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { missingPackages } from '../../../scripts/lib/system-packages.mjs';

it('names each missing Debian package once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'waybill-needs-'));
  try {
    mkdirSync(join(folder, '15/bin'), { recursive: true });
    writeFileSync(join(folder, '15/bin/present'), '');
    writeFileSync(join(folder, 'tool'), '');
    const needs = [
      { file: `${folder}/*/bin/present`, package: 'a' },
      { program: 'tool', package: 'b' },
      { file: `${folder}/*/bin/absent`, package: 'c' },
      { program: 'no-such-tool', package: 'd' },
      { file: '/no/such/*/folder', package: 'd' },
    ];
    expect(missingPackages(needs, folder)).toEqual(['c', 'd']);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
