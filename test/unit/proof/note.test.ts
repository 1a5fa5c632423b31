import { readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openCheckpoint, parseCheckpoint, formatCheckpoint } from '../../../src-shared/proof/checkpoint.ts';
import { formatNote, parseNote, verifyNote, type NoteSignature } from '../../../src-shared/proof/note.ts';
import { keyFingerprint, makeVkey, parseVkey } from '../../../src-shared/proof/vkey.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { nodePrimitives as p } from '../../fakes/node-primitives.ts';
import { flipBit } from './build/memory-folder.ts';
import { newSigner, TestLedger, bodiesOf, type TestSigner } from './build/build-ledger.ts';

const example = JSON.parse(
  readFileSync(new URL('../../vectors/note/signed-note-example.json', import.meta.url), 'utf8'),
) as { vkey: string; note: string };

const alice = newSigner('alice.example/log');
const bob = newSigner('bob.example/witness');
const TEXT = 'Some text.\n\nMore of it.\n';

function signatureOf(signer: TestSigner, text: string = TEXT): NoteSignature {
  return { name: signer.vkey.name, keyId: signer.vkey.keyId, signature: signer.sign(utf8(text)) };
}

function opens(note: string | Uint8Array, ...known: TestSigner[]): boolean {
  const parsed = parseNote(typeof note === 'string' ? utf8(note) : note);
  return (
    parsed.ok &&
    verifyNote(
      p,
      parsed.value,
      known.map((signer) => signer.vkey),
    ).ok
  );
}

describe('verifier keys', () => {
  it('read back as they are written', () => {
    const key = parseVkey(p, alice.vkey.vkey);
    expect(key).toEqual({ ok: true, value: alice.vkey });
    expect(keyFingerprint(p, alice.vkey)).toMatch(/^SHA256:[A-Za-z0-9+/]{43}$/);
  });

  it.each([
    ['nothing', ''],
    ['another id', example.vkey.replace('530d903a', '530d903b')],
    ['another name', example.vkey.replace('foo', 'bar')],
    ['an id in capitals', example.vkey.replace('530d903a', '530D903A')],
    ['another algorithm', example.vkey.replace('+Aeky', '+Beky')],
    ['a shorter key', example.vkey.slice(0, -4)],
    ['an end of line', `${example.vkey}\n`],
    ['a name with a space', example.vkey.replace('foo', 'f o')],
    ['no name', example.vkey.replace('example.com/foo', '')],
  ])('are refused with %s', (_, text) => {
    expect(parseVkey(p, text).ok).toBe(false);
  });
});

describe('signed notes', () => {
  it('verify the example of the specification, and not when a word is another', () => {
    const key = parseVkey(p, example.vkey);
    const known = key.ok ? [key.value] : [];
    const verdictOf = (text: string): boolean => {
      const note = parseNote(utf8(text));
      return note.ok && verifyNote(p, note.value, known).ok;
    };
    expect(verdictOf(example.note)).toBe(true);
    expect(verdictOf(example.note.replace('example message', 'exemplar message'))).toBe(false);
  });

  it('read back as they are written, with empty lines in the text', () => {
    const note = parseNote(utf8(formatNote(TEXT, [signatureOf(alice), signatureOf(bob)])));
    expect(note).toEqual({ ok: true, value: { text: TEXT, signatures: [signatureOf(alice), signatureOf(bob)] } });
  });

  it('are refused when nobody known signed them', () => {
    const note = formatNote(TEXT, [signatureOf(bob)]);
    expect(opens(note, bob)).toBe(true);
    expect(opens(note, alice)).toBe(false);
    expect(opens(note)).toBe(false);
  });

  it('ignore signatures of unknown keys, even under a known name or a known id', () => {
    const impostor = newSigner('alice.example/log');
    const sameId = { ...signatureOf(impostor), name: 'mallory.example', keyId: alice.vkey.keyId };
    const note = formatNote(TEXT, [signatureOf(impostor), sameId, signatureOf(alice)]);
    expect(opens(note, alice)).toBe(true);
    expect(opens(formatNote(TEXT, [signatureOf(impostor), sameId]), alice)).toBe(false);
  });

  it('are refused when a known key has a bad signature beside a good one', () => {
    const bad = { ...signatureOf(bob), signature: flipBit(signatureOf(bob).signature, 7) };
    const note = formatNote(TEXT, [signatureOf(alice), bad]);
    expect(opens(note, alice)).toBe(true);
    expect(opens(note, alice, bob)).toBe(false);
    expect(
      opens(
        formatNote(TEXT, [signatureOf(alice), { ...bad, ...{ name: alice.vkey.name, keyId: alice.vkey.keyId } }]),
        alice,
      ),
    ).toBe(false);
  });

  it('hold 16 signatures and not 17', () => {
    const others = Array.from({ length: 15 }, (_, i) => signatureOf(newSigner(`witness${i}.example`)));
    expect(opens(formatNote(TEXT, [...others, signatureOf(alice)]), alice)).toBe(true);
    expect(opens(formatNote(TEXT, [...others, signatureOf(bob), signatureOf(alice)]), alice)).toBe(false);
  });

  const good = formatNote('One line.\n', [signatureOf(alice, 'One line.\n')]);
  it.each([
    ['CRLF', good.replaceAll('\n', '\r\n')],
    ['no blank line', good.replace('\n\n', '\n')],
    ['no final newline', good.slice(0, -1)],
    ['no signature', 'One line.\n\n'],
    ['a control character', good.replace('One', 'One\u0007')],
    ['a tab', good.replace('One ', 'One\t')],
    ['a byte order mark', `\uFEFF${good}`],
    ['a hyphen for the dash', good.replace('—', '-')],
    ['a second space', good.replace('— ', '—  ')],
    ['base64 without padding', good.replace(/=+\n$/, '\n')],
    ['base64 that is none', good.replace(/[A-Za-z0-9]=*\n$/, '*\n')],
    ['something behind the signature', good.replace(/\n$/, ' x\n')],
    ['a line behind the signatures', `${good}trailing\n`],
    ['a signature of no bytes', `One line.\n\n— ${alice.vkey.name} AAAAAA==\n`],
    ['a name with a plus sign', good.replace('— alice', '— a+lice')],
    ['nothing at all', ''],
  ])('are refused with %s', (_, note) => {
    expect(opens(good, alice)).toBe(true);
    expect(opens(note, alice)).toBe(false);
  });

  it('are refused when they are not UTF-8', () => {
    expect(opens(Uint8Array.of(0xff, ...utf8(good)), alice)).toBe(false);
  });

  it('are refused with any single bit flipped, wherever the note is signed by one key', () => {
    const bytes = utf8(good);
    for (let bit = 0; bit < bytes.length * 8; bit++) expect(opens(flipBit(bytes, bit), alice)).toBe(false);
  });

  it('never make the reader throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.string(), (bytes, text) => {
        parseNote(bytes);
        parseNote(utf8(`${text}\n\n— ${text} AAAAAAA=\n`));
        parseVkey(p, text);
        parseCheckpoint(text);
      }),
    );
  });
});

describe('checkpoints', () => {
  const root = p.sha256(utf8('root'));

  it('read back as they are written', () => {
    const checkpoint = { origin: 'alice.example/log', size: 20_852_163, root };
    expect(parseCheckpoint(formatCheckpoint(checkpoint))).toEqual({ ok: true, value: checkpoint });
  });

  const text = formatCheckpoint({ origin: 'o', size: 7, root });
  it.each([
    ['a leading zero', text.replace('7', '07')],
    ['a sign', text.replace('7', '+7')],
    ['a size beyond exact numbers', text.replace('7', '9007199254740993')],
    ['a size that is no number', text.replace('7', '0x7')],
    ['no origin', text.replace('o\n', '\n')],
    ['a short root', text.replace(/.{4}=\n$/, '=\n')],
    ['two lines', 'o\n7\n'],
    ['an empty extension line', `${text}\n`],
    ['no final newline', text.slice(0, -1)],
  ])('are refused with %s', (_, wrong) => {
    expect(parseCheckpoint(text).ok).toBe(true);
    expect(parseCheckpoint(wrong).ok).toBe(false);
  });

  it('are refused when the key that signed is named for another log', () => {
    const ledger = new TestLedger(alice, bodiesOf(alice, 3));
    expect(openCheckpoint(p, utf8(ledger.checkpoint()), [alice.vkey]).ok).toBe(true);
    const body = formatCheckpoint({ origin: 'alice.example/log', size: 3, root });
    const signedByBob = formatNote(body, [signatureOf(bob, body)]);
    expect(openCheckpoint(p, utf8(signedByBob), [bob.vkey, alice.vkey]).ok).toBe(false);
  });

  it('of a key with the same public key but another name do not hold', () => {
    const other = makeVkey(p, 'other.example', alice.vkey.publicKey);
    const ledger = new TestLedger(alice, bodiesOf(alice, 3));
    expect(openCheckpoint(p, utf8(ledger.checkpoint()), [other]).ok).toBe(false);
  });
});
