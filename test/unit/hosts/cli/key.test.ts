import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CliDesk } from '../../../fakes/cli-desk.ts';

let desk: CliDesk;
beforeEach(() => {
  desk = new CliDesk();
});
afterEach(() => desk[Symbol.dispose]());

const QUESTION = '[y/N] ';

describe('key destroy', { timeout: 120_000 }, () => {
  it('says that a key is absent before it asks', async () => {
    const { code, stderr } = await desk.run(['key', 'destroy', 'nobody'], { typed: [[QUESTION, 'y\r']] });
    expect([code, stderr]).toEqual([4, expect.stringMatching(/^MASK\/KEY_MISSING: /)]);
    expect(stderr).not.toContain(QUESTION);
  });

  it('wants --yes where nobody can be asked, and keeps the key', async () => {
    await desk.json(['key', 'add', 'client-a']);
    const { code, exit, said } = await desk.refused(['key', 'destroy', 'client-a']);
    expect([code, exit, said]).toEqual(['CLI/NOT_CONFIRMED', 3, expect.stringContaining('--yes')]);
    expect(await desk.json(['key', 'list'])).not.toMatchObject({ keys: [{ destroyed: expect.anything() as unknown }] });
  });

  it('keeps the key when the answer is no, and names it with its fingerprint in the question', async () => {
    const { fingerprint } = await desk.json<{ fingerprint: string }>(['key', 'add', 'client-a']);
    const { code, stderr } = await desk.run(['key', 'destroy', 'client-a'], { typed: [[QUESTION, 'n\r']] });
    expect([code, stderr]).toEqual([130, expect.stringContaining('The key client-a was kept.')]);
    expect(stderr).toContain(fingerprint);
  });
});

describe('the name of a destroyed key', { timeout: 120_000 }, () => {
  beforeEach(async () => {
    await desk.json(['key', 'add', 'client-a']);
    const { stdout } = await desk.run(['key', 'destroy', 'client-a'], { typed: [[QUESTION, 'yes\r']] });
    expect(stdout).toMatch(/^Key client-a is destroyed\.$/m);
    expect(stdout).toMatch(/name stays taken/);
  });

  it('stays with it: a new key needs another one', async () => {
    const { code, exit, said } = await desk.refused(['key', 'add', 'client-a']);
    expect([code, exit]).toEqual(['MASK/KEY_EXISTS', 5]);
    expect(said).toMatch(/destroyed on \d{4}-\d\d-\d\d/);
    expect(said).toMatch(/another name/);
  });

  it('is told as destroyed, not as unknown, and nobody is sent to make it anew', async () => {
    const { code, exit, said } = await desk.refused(['key', 'destroy', 'client-a', '--yes']);
    expect([code, exit]).toEqual(['MASK/KEY_MISSING', 4]);
    expect(said).toMatch(/client-a was destroyed on \d{4}-\d\d-\d\d/);
    expect(said).not.toContain('key add client-a');
  });

  it('is told so by a run that needs it', async () => {
    const head = 'waybill: 1\nname: p\npurpose: test\nconnection: sample\nformat: { type: csv }\n';
    const table = 'main.customers, columns: [id, email], masks: { email: { mask: pseudonym, class: person.email } }';
    desk.write('plan.yaml', `${head}pseudonyms: { key: client-a, domain: d }\ntables: [{ table: ${table} }]\n`);
    const { code, exit, said } = await desk.refused(['run', 'plan.yaml', '--out', 'out']);
    expect([code, exit, said]).toEqual(['MASK/KEY_MISSING', 4, expect.stringMatching(/client-a was destroyed on /)]);
    expect(said).toMatch(/another name/);
  });
});
