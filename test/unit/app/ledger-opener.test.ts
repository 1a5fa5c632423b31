import { describe, expect, it } from 'vitest';
import { ledgerOpener } from '../../../src-main/app/ledger-opener.ts';
import type { LedgerWriter } from '../../../src-main/ports/ledger.ts';
import { appError, bug } from '../../../src-shared/errors/app-error.ts';

/** A ledger whose appends fail with `failure`, as one does whose disk was full once. */
function writer(name: string, failure: Error | null): LedgerWriter {
  const position = { seq: 1, leafHash: '', size: 2 };
  return {
    ...{ origin: name, vkey: '', throwAway: false },
    signer: { name, vkey: '', sign: () => new Uint8Array() },
    append: () => (failure === null ? Promise.resolve(position) : Promise.reject(failure)),
    seal: () => Promise.resolve({ ...position, line: new Uint8Array(), proof: '' }),
  };
}

describe('the opened ledger of a process that lives on', () => {
  const full = appError('LEDGER/WRITE_FAILED', { message: 'The disk is full.' });

  it('is opened once for all who ask', async () => {
    let opened = 0;
    const ledger = ledgerOpener(() => Promise.resolve(writer(`${++opened}`, null)));
    await Promise.all([ledger(), ledger()]);
    expect((await ledger()).origin).toBe('1');
  });

  it('is opened anew after an append failed, and after it could not be opened', async () => {
    const results = [
      () => Promise.resolve(writer('first', full)),
      () => Promise.reject(appError('VAULT/LOCKED', { message: 'Locked.' })),
      () => Promise.resolve(writer('third', null)),
    ];
    const ledger = ledgerOpener(() => (results.shift() ?? (() => Promise.reject(full)))());
    const first = await ledger();
    await expect(first.append('a', {})).rejects.toBe(full);
    await expect(ledger()).rejects.toMatchObject({ code: 'VAULT/LOCKED' });
    expect(await (await ledger()).append('a', {})).toMatchObject({ size: 2 });
    expect((await ledger()).origin).toBe('third');
  });

  it('stays the same when an entry was refused unwritten', async () => {
    const ledger = ledgerOpener(() => Promise.resolve(writer('only', bug('an entry is too large'))));
    const first = await ledger();
    await expect(first.append('a', {})).rejects.toMatchObject({ code: 'APP/INVARIANT' });
    expect(await ledger()).toBe(first);
  });
});
