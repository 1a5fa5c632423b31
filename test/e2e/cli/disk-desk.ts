import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Desk } from './driver.ts';

/** Mounts a tmpfs at a folder of the desk; false where the system does not let us. */
function mountAt(folder: string, size: string): boolean {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs', folder]).status === 0;
}

/** A desk with a volume of its own at `disk`. */
export class DiskDesk extends Desk {
  readonly disk = this.path('disk');

  constructor(size: string) {
    super();
    mountAt(this.disk, size);
  }

  /** Fills the volume to the last byte. */
  fill(): void {
    for (const size of [65_536, 4096, 1]) {
      for (let n = 0; ; n++) {
        const filler = join(this.disk, `filler-${size}-${n}`);
        try {
          writeFileSync(filler, Buffer.alloc(size, 'x'));
        } catch {
          rmSync(filler, { force: true }); // Full: that was the aim.
          break;
        }
      }
    }
  }

  empty(): void {
    for (const name of readdirSync(this.disk)) if (name.startsWith('filler')) rmSync(join(this.disk, name));
  }

  override [Symbol.dispose](): void {
    execFileSync('umount', [this.disk]);
    super[Symbol.dispose]();
  }
}

/** Whether the system lets us have volumes of our own. */
export function canMount(): boolean {
  using desk = new Desk();
  const folder = desk.path('probe');
  const mounted = mountAt(folder, '1m');
  if (mounted) execFileSync('umount', [folder]);
  return mounted;
}
