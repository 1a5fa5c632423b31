import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createLocks } from '../../../src-main/store/sqlite-locks.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

const locks = createLocks();

/** A process that takes the lock, says so, and holds it until it is told to release or is killed. */
async function holder(path: string): Promise<ChildProcess> {
  const child = fork(new URL('./lock-holder.ts', import.meta.url), [path]);
  await once(child, 'message');
  return child;
}

describe('locks', () => {
  it('are held by one at a time within a process', async () => {
    using folder = new TempFolder();
    const path = folder.join('lock.sqlite');
    {
      using held = await locks.acquire(path, 0);
      expect(held?.path).toBe(path);
      expect(await locks.acquire(path, 30)).toBeNull();
    }
    using again = await locks.acquire(path, 0);
    expect(again).not.toBeNull();
  });

  it('stay held when another attempt in the same process fails', async () => {
    using folder = new TempFolder();
    const path = folder.join('lock.sqlite');
    using _held = await locks.acquire(path, 0);
    expect(await locks.acquire(path, 0)).toBeNull();
    // POSIX drops all locks of a process when it closes any descriptor of the file: another process must still see it.
    const child = fork(new URL('./lock-holder.ts', import.meta.url), [path, 'try']);
    const [answer] = (await once(child, 'message')) as [string];
    expect(answer).toBe('busy');
    await once(child, 'exit');
  });

  it('exclude other processes, and are handed over on release', async () => {
    using folder = new TempFolder();
    const path = folder.join('lock.sqlite');
    const child = await holder(path);
    expect(await locks.acquire(path, 0)).toBeNull();
    const waiting = locks.acquire(path, 20_000);
    child.send('release');
    using held = await waiting;
    expect(held).not.toBeNull();
    await once(child, 'exit');
  });

  it('are released by the kernel when the holder is killed', async () => {
    using folder = new TempFolder();
    const path = folder.join('lock.sqlite');
    const child = await holder(path);
    const waiting = locks.acquire(path, 20_000);
    child.kill('SIGKILL');
    await once(child, 'exit');
    using held = await waiting;
    expect(held).not.toBeNull();
  });

  it('leave one empty file of mode 0600 and nothing beside it', async () => {
    using folder = new TempFolder();
    const path = folder.join('lock.sqlite');
    const held = await locks.acquire(path, 0);
    expect(readdirSync(folder.path)).toEqual(['lock.sqlite']);
    held?.[Symbol.dispose]();
    held?.[Symbol.dispose]();
    expect(readdirSync(folder.path)).toEqual(['lock.sqlite']);
    expect(statSync(path)).toMatchObject({ size: 0 });
    expect(statSync(path).mode & 0o777).toBe(0o600);
  });

  it('report a file that is not a lock', async () => {
    using folder = new TempFolder();
    writeFileSync(folder.join('lock.sqlite'), 'something else entirely'.repeat(100));
    await expect(locks.acquire(folder.join('lock.sqlite'), 0)).rejects.toMatchObject({ code: 'SPOOL/WRITE_FAILED' });
    await expect(locks.acquire(folder.join('none/lock.sqlite'), 0)).rejects.toMatchObject({
      code: 'SPOOL/WRITE_FAILED',
    });
  });
});
