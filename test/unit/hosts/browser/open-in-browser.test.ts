import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { openWithSystem, showWithSystem } from '../../../../src-main/hosts/browser/open-in-browser.ts';
import { TempFolder } from '../../../fakes/temp-folder.ts';

describe.skipIf(process.platform === 'win32')('opening with the system', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
    vi.stubEnv('PATH', `${folder.path}:${process.env['PATH'] ?? ''}`);
  });
  afterEach(() => {
    vi.unstubAllEnvs();
    folder[Symbol.dispose]();
  });

  function program(name: string, script: string): void {
    writeFileSync(folder.join(name), `#!/bin/sh\n${script}\n`);
    chmodSync(folder.join(name), 0o755);
  }

  it('waits for no opener that stays as long as the browser does', { timeout: 10_000 }, async () => {
    program('xdg-open', 'exec sleep 8');
    const began = performance.now();
    expect(await openWithSystem('/a/file', 'linux')).toBe(true);
    expect(performance.now() - began).toBeLessThan(5000);
  });

  it('says where it failed', async () => {
    program('xdg-open', 'exit 3');
    expect(await openWithSystem('/a/file', 'linux')).toBe(false);
  });

  it('shows a folder on a Mac and does not start it, whatever its name', async () => {
    program('open', `printf '%s ' "$@" >${folder.join('given')}`);
    expect(await showWithSystem('/packages/crm.app', 'darwin')).toBe(true);
    expect(readFileSync(folder.join('given'), 'utf8')).toBe('-R /packages/crm.app ');
  });
});
