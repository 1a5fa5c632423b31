import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openLedgerReader, type LedgerRecord } from '../../../src-main/ledger/read-ledger.ts';
import { placeOf } from '../../../src-main/ledger/open-ledger.ts';
import type { TestLedgerHome } from '../../fakes/ledger-home.ts';

/** The folder of the one ledger in a home. */
export function folderOf(home: TestLedgerHome): string {
  const [name] = readdirSync(home.ledgerFolder).filter((entry) => /^[0-9a-f]{8}$/.test(entry));
  return join(home.ledgerFolder, name ?? 'no ledger');
}

/** All entries, checked as readers check them. */
export async function entriesOf(home: TestLedgerHome): Promise<LedgerRecord[]> {
  const reader = await openLedgerReader(placeOf(home));
  const records: LedgerRecord[] = [];
  for await (const record of reader.entries()) records.push(record);
  return records;
}

/** `noun.verb` per entry; the seal under the name it stands for. */
export async function typesOf(home: TestLedgerHome): Promise<string[]> {
  return (await entriesOf(home)).map(({ entry }) => (entry.kind === 'seal' ? 'package.sealed' : entry.type));
}

/** Name, content and time of everything below a folder, to see that nothing was written. Lock files are empty. */
export function fingerprint(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const found = statSync(join(folder, name));
      // Reading a lock file here would drop this process's locks on it.
      const isContent = found.isFile() && !name.endsWith('.sqlite');
      const hash = isContent
        ? createHash('sha256')
            .update(readFileSync(join(folder, name)))
            .digest('hex')
        : '';
      return `${name} ${found.mode.toString(8)} ${found.size} ${found.mtimeMs} ${hash}`;
    });
}

/** A copy of a whole home, as a disk image would give it. */
export function copyHome(from: string, to: string): void {
  cpSync(from, to, { recursive: true, filter: (source) => !source.endsWith('.sqlite') });
}
