import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { PlanEditRequest, PlanState } from '../../../src-shared/contract/plans.ts';
import { compiledOf, type OpenDesk, openDesk } from './open-desk.ts';

const PASSPHRASE = 'correct horse battery';

async function firstPlan({ core }: OpenDesk): Promise<PlanState> {
  const [first] = await core.plans.list();
  return core.plans.open({ path: first?.path ?? '' });
}

/** The file after edits. */
async function edited({ core }: OpenDesk, ...edits: PlanEditRequest[]): Promise<PlanState> {
  const [first] = await core.plans.list();
  const { path, digest } = await core.plans.open({ path: first?.path ?? '' });
  return core.plans.edit({ path, base: digest, edits });
}

const format = (options: Readonly<Record<string, unknown>>): PlanEditRequest => ({
  kind: 'format',
  format: { type: 'csv', ...options },
});

describe('the format of a plan', () => {
  it('comes as a form, with what each option comes to under the chosen profile', async () => {
    const at = await openDesk();
    const { path } = await edited(at, format({ profile: 'mysql', null: '-' }));
    const state = await at.core.plans.format({ path });
    const fallbacks = Object.fromEntries(state.fields.map(({ property, fallback }) => [property, fallback]));
    expect(fallbacks).toMatchObject({ profile: 'rfc4180', escape: '\\', null: '\\N', lineEnding: '\n' });
    expect(state.given).toEqual({ profile: 'mysql', null: '-' });
    expect(state.fields.find(({ property }) => property === 'profile')?.choices).toContain('excel');
    expect(state.words['profile']?.['excel']).toMatch(/^excel: /);
    expect(state.fields.find(({ property }) => property === 'quote')).toMatchObject({
      characters: true,
      empty: 'never quoted',
    });
  });

  it('says what it does not carry, of which columns of the plan', async () => {
    const at = await openDesk();
    const { path } = await edited(at, format({ profile: 'excel' }));
    const guard = (await at.core.plans.format({ path })).limits.find(({ text }) => text.includes('= + - @'));
    expect(guard).toMatchObject({ kind: 'changes' });
    expect(guard?.columns).toContain('main.customers.email');
    await edited(at, { kind: 'format', format: { type: 'ndjson', bigNumbers: 'string' } });
    const { limits, fields } = await at.core.plans.format({ path });
    expect(fields.map(({ property }) => property)).toEqual(['bigNumbers', 'bytes']);
    expect(limits.map(({ text }) => text).join('\n')).not.toContain('round them');
  });

  it('is told where an option is wrong, and the others still stand', async () => {
    const at = await openDesk();
    const { path } = await edited(at, format({ profile: 'excel', delimiter: '"' }));
    const { findings, ok } = await compiledOf(at.core, path);
    expect(ok).toBe(false);
    expect(findings).toContainEqual(
      expect.objectContaining({ code: 'FORMAT/OPTION_INVALID', path: ['format', 'delimiter'] }),
    );
    const state = await at.core.plans.format({ path });
    expect(state.fields.find(({ property }) => property === 'bom')?.fallback).toBe('true');
    await edited(at, format({ profile: 'no-such' }));
    expect((await at.core.plans.format({ path })).fields.find(({ property }) => property === 'bom')?.fallback).toBe(
      'false',
    );
    await edited(at, { kind: 'format', format: { type: 'xml' } });
    expect(await at.core.plans.format({ path })).toEqual({ fields: [], words: {}, given: {}, limits: [] });
    expect((await compiledOf(at.core, path)).findings).toContainEqual(
      expect.objectContaining({ code: 'PLAN/FEATURE_UNSUPPORTED', path: ['format', 'type'] }),
    );
  });

  it('gives the text of NULL as the file spells it', async () => {
    const at = await openDesk();
    const { path, text } = await firstPlan(at);
    await writeFile(path, text.replace(/^format:.*$/m, 'format: { type: csv, null: NULL, delimiter: 0 }'));
    expect((await at.core.plans.format({ path })).given).toEqual({ null: 'NULL', delimiter: '0' });
  });

  it('is seen in lines that the real writer made, byte order mark and all', async () => {
    const at = await openDesk({ passphrase: PASSPHRASE });
    const { path } = await edited(at, format({ profile: 'excel' }));
    const look = () => at.core.plans.sample({ path, table: 'main.order_lines', rows: 2 });
    const sample = await look();
    expect(sample.text.startsWith('\ufefforder_id,line_no')).toBe(true);
    expect(sample.cut).toBe(false);
    await edited(at, { kind: 'format', format: { type: 'ndjson' } });
    const lines = (await look()).text.split('\n');
    expect(lines).toHaveLength(3);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ line_no: 1 });
  });
});

describe('the package of a plan', () => {
  it('is set key by key in the file; what this version lacks is named, and said of a plan that wants it', async () => {
    const at = await openDesk();
    const before = await firstPlan(at);
    const { text, path } = await edited(at, { kind: 'package', package: { mode: '0640', disclose: ['sql'] } });
    expect(text).toContain('package: { mode: "0640", disclose: [sql] }');
    const compiled = await compiledOf(at.core, path);
    expect(compiled.ok).toBe(true);
    expect(compiled.papers).toContain('SHA256SUMS');
    expect((await at.core.app.facts()).packageLacks).toEqual(['encrypt']);
    await edited(at, { kind: 'package', package: { encrypt: { openpgp: { recipients: ['partner.asc'] } } } });
    expect((await compiledOf(at.core, path)).findings).toContainEqual(
      expect.objectContaining({ code: 'PLAN/FEATURE_UNSUPPORTED', path: ['package', 'encrypt'] }),
    );
    await edited(at, { kind: 'package', package: { compress: 'gzip' } });
    expect((await compiledOf(at.core, path)).tables.map(({ file }) => file)).toContain('data/main.customers.csv.gz');
    await edited(at, { kind: 'package', package: null });
    expect(await readFile(path, 'utf8')).toBe(before.text);
  });
});

describe('the pseudonym key of a plan', () => {
  it('is missed where no home has it, and found once it is made', async () => {
    const at = await openDesk({ passphrase: PASSPHRASE });
    const email = { kind: 'mask', entry: { namespace: 'main', name: 'customers' }, column: 'email' } as const;
    const { path, text } = await edited(
      at,
      { ...email, mask: { mask: 'pseudonym', class: 'person.email' } },
      { kind: 'pseudonyms', pseudonyms: { key: 'client-a' } },
    );
    expect(text).toContain('pseudonyms: { key: client-a }');
    const missing = expect.objectContaining({ code: 'MASK/KEY_MISSING', path: ['pseudonyms', 'key'] }) as unknown;
    const compiled = await compiledOf(at.core, path);
    expect(compiled.ok).toBe(false);
    expect(compiled.findings).toContainEqual(missing);
    await at.core.keys.add({ name: 'client-a' });
    expect((await compiledOf(at.core, path)).ok).toBe(true);
  });
});
