import { describe, expect, it } from 'vitest';
import { abortable } from '../../../../src-main/connectors/kit/abort.ts';
import { withDeadline } from '../../../../src-main/connectors/kit/deadline.ts';
import { defaultTlsMode, tlsOptions } from '../../../../src-main/connectors/kit/tls-options.ts';
import { connectors, csvProfiles } from '../../../../src-main/connectors/registry.ts';

describe('connection options', () => {
  it.each([
    ['localhost', 'disable'],
    ['127.9.9.9', 'disable'],
    ['::1', 'disable'],
    ['/run/socket', 'disable'],
    ['127.0.0.1.example.com', 'verify-full'],
    ['localhost.example.com', 'verify-full'],
    ['10.0.0.1', 'verify-full'],
  ])('uses for %s the TLS mode %s unless told otherwise', (host, mode) => {
    expect(defaultTlsMode(host)).toBe(mode);
  });

  it('checks chain and name only as the mode says', () => {
    expect(tlsOptions('disable', null)).toBeNull();
    expect(tlsOptions('require', null)).toMatchObject({ rejectUnauthorized: false });
    expect(tlsOptions('verify-ca', 'pem')).toMatchObject({ rejectUnauthorized: true, ca: 'pem' });
    expect(tlsOptions('verify-ca', 'pem')?.checkServerIdentity).toBeDefined();
    expect(tlsOptions('verify-full', null)?.rejectUnauthorized).toBe(true);
    expect(tlsOptions('verify-full', null)?.checkServerIdentity).toBeUndefined();
  });

  it('takes a port as text, fills in the usual one, and refuses what it does not know', () => {
    const postgres = connectors.find(({ id }) => id === 'postgres');
    const given = { host: 'db', database: 'd', user: 'u' };
    expect(postgres?.options.parse({ ...given, port: '6000' })).toMatchObject({ port: 6000 });
    expect(postgres?.options.parse(given)).toMatchObject({ port: 5432 });
    expect(postgres?.options.safeParse({ ...given, password: 'x' }).success).toBe(false);
    expect(postgres?.options.safeParse({ ...given, tls: 'prefer' }).success).toBe(false);
    expect(postgres?.options.safeParse({ ...given, host: '' }).success).toBe(false);
  });

  it('offers each product’s CSV profile by its id', () => {
    for (const { csvProfile } of connectors) expect(csvProfiles.get(csvProfile.id)).toBe(csvProfile);
    // Products that can be written for, though not yet read from.
    for (const id of ['sqlserver', 'oracle']) expect(csvProfiles.get(id)?.id).toBe(id);
  });
});

describe('waiting', () => {
  const never = new Promise<never>(() => undefined);

  it('ends at once when it is aborted, before or while waiting, and says so once', async () => {
    let calls = 0;
    const onAbort = () => calls++;
    await expect(abortable(never, AbortSignal.abort(), onAbort)).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    const abort = new AbortController();
    const waiting = abortable(never, abort.signal, onAbort);
    abort.abort();
    await expect(waiting).rejects.toMatchObject({ code: 'RUN/CANCELLED' });
    expect(calls).toBe(2);
    await expect(abortable(Promise.resolve(1), new AbortController().signal, onAbort)).resolves.toBe(1);
  });

  it('ends at the deadline', async () => {
    await expect(withDeadline(never, 1, () => new Error('late'))).rejects.toThrow('late');
    await expect(withDeadline(Promise.resolve(1), 1000, () => new Error('late'))).resolves.toBe(1);
  });
});
