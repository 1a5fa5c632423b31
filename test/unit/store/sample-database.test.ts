import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createNodeStore } from '../../../src-main/store/node-store.ts';
import { makeSampleDatabase } from '../../../src-main/store/sample-database.ts';
import { TempFolder } from '../../fakes/temp-folder.ts';

/** The limit of pages is met as a full disk is: by the database's own error 13. */
const FULL = `PRAGMA max_page_count = 3; BEGIN; CREATE TABLE t (x);
  INSERT INTO t WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9999) SELECT i FROM n; COMMIT;`;

describe('the sample database', () => {
  let folder: TempFolder;
  beforeEach(() => {
    folder = new TempFolder();
  });
  afterEach(() => folder[Symbol.dispose]());

  function make(seed: string): Promise<void> {
    writeFileSync(folder.join('seed.sql'), seed);
    return makeSampleDatabase(createNodeStore(), folder.join('sample', 'shop.db'), folder.join('seed.sql'));
  }

  it('that finds the disk full says so and leaves nothing, so that it is made when there is room', async () => {
    await expect(make(FULL)).rejects.toMatchObject({
      code: 'SPOOL/DISK_FULL',
      message: expect.stringContaining(folder.join('sample', 'shop.db')) as string,
      remedy: expect.stringMatching(/\S/) as string,
    });
    expect(readdirSync(folder.path)).toEqual(['seed.sql']);
    await make('CREATE TABLE t (x);');
    expect(readdirSync(folder.join('sample'))).toEqual(['shop.db']);
  });

  it('that fails for another reason takes nothing away that is not its own', async () => {
    mkdirSync(folder.join('sample'));
    writeFileSync(folder.join('sample', 'mine.txt'), 'x');
    await expect(make('NO SUCH STATEMENT;')).rejects.toMatchObject({ code: 'ERR_SQLITE_ERROR' });
    expect(readdirSync(folder.join('sample'))).toEqual(['mine.txt']);
  });
});
