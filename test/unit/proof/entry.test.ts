import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, parseCanonicalJson } from '../../../src-shared/proof/canonical-json.ts';
import { isRunId, MAX_ENTRY_BYTES, NO_PREVIOUS, parseEntry } from '../../../src-shared/proof/entry.ts';
import { parseJsonObject } from '../../../src-shared/proof/parse-json.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { event, idOf, timeOf } from './build/build-ledger.ts';

const EVENT = { ...event(1, 'plan.created', { note: 'é "quoted"', rows: 3 }), seq: 1, prev: 'ab'.repeat(32) };
const SEAL = {
  id: idOf(2),
  time: timeOf(2),
  seq: 2,
  prev: 'cd'.repeat(32),
  run: '01JD9Z8K3W0000000000000001',
  manifest: 'ef'.repeat(32),
};

function reads(entry: unknown): boolean {
  return parseEntry(utf8(canonicalJson(entry))).ok;
}

describe('canonical JSON', () => {
  it.each([
    [
      'sorts names by UTF-16 units',
      { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 },
      '{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}',
    ],
    [
      'writes numbers as the language does',
      JSON.parse('[333333333.33333329,1E30,4.50,2e-3,0.000000000000000000000000001]'),
      '[333333333.3333333,1e+30,4.5,0.002,1e-27]',
    ],
    ['escapes only what must be', '\u20ac$\u000f\nA\'B"\\\\"/', '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"'],
  ])('%s', (_, value, text) => {
    expect(canonicalJson(value)).toBe(text);
  });

  it('is what it reads, for every JSON value', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        fc.pre(JSON.stringify(value) === JSON.stringify(value).toWellFormed());
        const text = canonicalJson(JSON.parse(JSON.stringify(value)));
        expect(parseCanonicalJson(text)).toEqual({ ok: true, value: JSON.parse(text) });
      }),
    );
  });

  it.each([
    ['a name twice', '{"a":1,"a":1}'],
    ['names out of order', '{"b":1,"a":1}'],
    ['a blank', '{"a": 1}'],
    ['a carriage return at the end', '{"a":1}\r'],
    ['minus zero', '[-0]'],
    ['a number in another form', '[1e30]'],
    ['a fraction of nothing', '[1.0]'],
    ['an integer beyond exact numbers', '[9007199254740993]'],
    ['a lone surrogate', String.raw`["\ud800"]`],
    ['a needless escape', String.raw`["\u0041"]`],
    ['a number too large', '[1e400]'],
    ['nesting beyond any stack', '['.repeat(30_000) + ']'.repeat(30_000)],
    ['no JSON', '{'],
    ['nothing', ''],
  ])('refuses %s', (_, text) => {
    expect(parseCanonicalJson(text).ok).toBe(false);
  });
});

describe('JSON of other writers', () => {
  it('may have any layout but no name twice, at any depth', () => {
    expect(parseJsonObject(utf8('{ "b" : [ { "a:b" : "x\\":y" } ],\n "a" : {} }')).ok).toBe(true);
    expect(parseJsonObject(utf8('{"a":1,"a":2}')).ok).toBe(false);
    expect(parseJsonObject(utf8('{"a":[{"b":1,"\\u0062":2}]}')).ok).toBe(false);
    expect(parseJsonObject(utf8('{"__proto__":1,"a":{"__proto__":2}}')).ok).toBe(true);
    expect(parseJsonObject(utf8('[]')).ok).toBe(false);
    expect(parseJsonObject(utf8(`{"a":${'['.repeat(65)}${']'.repeat(65)}}`)).ok).toBe(false);
    expect(parseJsonObject(Uint8Array.of(0xff)).ok).toBe(false);
  });
});

describe('ledger entries', () => {
  it('are events or seals', () => {
    expect(parseEntry(utf8(canonicalJson(EVENT)))).toEqual({ ok: true, value: { kind: 'event', ...EVENT } });
    expect(parseEntry(utf8(canonicalJson(SEAL)))).toEqual({ ok: true, value: { kind: 'seal', ...SEAL } });
  });

  it.each(Object.keys(EVENT))('of an event need %s', (field) => {
    expect(reads({ ...EVENT, [field]: undefined })).toBe(false);
    expect(reads({ ...EVENT, [field]: null })).toBe(false);
  });

  it.each(Object.keys(SEAL))('of a seal need %s', (field) => {
    expect(reads({ ...SEAL, [field]: undefined })).toBe(false);
    expect(reads({ ...SEAL, [field]: null })).toBe(false);
  });

  it('hold nothing more than their fields: a seal names no source', () => {
    expect(reads({ ...SEAL, source: 'urn:waybill:installation:00000000-0000-4000-8000-000000000002' })).toBe(false);
    expect(reads({ ...SEAL, type: 'package.sealed' })).toBe(false);
    expect(reads({ ...EVENT, subject: 'x' })).toBe(false);
    expect(reads({ ...EVENT, type: 'package.sealed' })).toBe(false);
  });

  it.each([
    ['an id that is no UUIDv7', { ...EVENT, id: '0192f0c1-0000-4000-8000-000000000001' }],
    ['an id in capitals', { ...EVENT, id: idOf(0xabc).toUpperCase() }],
    ['a local time', { ...EVENT, time: '2026-11-23T08:00:00.123+01:00' }],
    ['a time without milliseconds', { ...EVENT, time: '2026-11-23T08:00:00Z' }],
    ['a day that is none', { ...EVENT, time: '2026-02-30T08:00:00.000Z' }],
    ['a negative seq', { ...EVENT, seq: -1 }],
    ['a broken seq', { ...EVENT, seq: 1.5 }],
    ['a seq in quotes', { ...EVENT, seq: '1' }],
    ['a prev in capitals', { ...EVENT, prev: 'AB'.repeat(32) }],
    ['a short prev', { ...EVENT, prev: 'ab' }],
    ['data that is a list', { ...EVENT, data: [] }],
    ['another version', { ...EVENT, specversion: '0.3' }],
    ['a type without a verb', { ...EVENT, type: 'plan' }],
    ['a source elsewhere', { ...EVENT, source: 'https://example.com' }],
    ['a run in small letters', { ...SEAL, run: SEAL.run.toLowerCase() }],
    ['a manifest with its algorithm', { ...SEAL, manifest: `sha256:${SEAL.manifest}` }],
    ['a list', [EVENT]],
  ])('are refused with %s', (_, entry) => {
    expect(reads(entry)).toBe(false);
  });

  it('are at most 65,535 bytes long', () => {
    const room = MAX_ENTRY_BYTES - canonicalJson({ ...EVENT, data: { fill: '' } }).length;
    expect(reads({ ...EVENT, data: { fill: 'x'.repeat(room) } })).toBe(true);
    expect(reads({ ...EVENT, data: { fill: 'x'.repeat(room + 1) } })).toBe(false);
  });

  it('are refused when they are not UTF-8 or end in a carriage return', () => {
    const line = utf8(canonicalJson(EVENT));
    expect(parseEntry(line).ok).toBe(true);
    expect(parseEntry(Uint8Array.of(...line, 0x0d)).ok).toBe(false);
    expect(parseEntry(line.map((byte) => (byte === 0xc3 ? 0xff : byte))).ok).toBe(false);
  });

  it('never make the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.json(), (bytes, json) => {
        parseEntry(bytes);
        parseEntry(utf8(json));
        parseJsonObject(bytes);
      }),
    );
  });

  it('know a run by its id', () => {
    expect(isRunId(SEAL.run)).toBe(true);
    expect(isRunId('../../etc/passwd')).toBe(false);
    expect(isRunId(`8${SEAL.run.slice(1)}`)).toBe(false);
    expect(NO_PREVIOUS).toHaveLength(64);
  });
});
