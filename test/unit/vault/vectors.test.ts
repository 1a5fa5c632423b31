import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDocument, parseDocument } from '../../../src-main/vault/passphrase-document.ts';
import { derivePassphraseKey } from '../../../src-main/vault/passphrase-key.ts';
import { parseSealEntry, sealedFileName, unseal } from '../../../src-main/vault/sealed-file.ts';
import { secret } from './vault-home.ts';

const FOLDER = new URL('../../vectors/vault/', import.meta.url);

interface Vectors {
  vault: { file: string; passphrase: string; secrets: [string, string][] };
  sealed: { name: string; secret: string; entry: string; fileName: string; fileBase64: string }[];
}

const vectors = JSON.parse(readFileSync(new URL('vectors.json', FOLDER), 'utf8')) as Vectors;

describe('the vectors of docs/spec/vault.md', () => {
  it('hold for the passphrase file', async () => {
    const { file, passphrase, secrets } = vectors.vault;
    const closed = parseDocument('vault/1', readFileSync(new URL(file, FOLDER)));
    const key = await derivePassphraseKey(secret(passphrase), closed.salt);
    expect([...openDocument(closed, key)]).toEqual(secrets);
  });

  it.each(vectors.sealed)(
    'hold for the sealed file of $name',
    ({ name, secret: text, entry, fileName, fileBase64 }) => {
      const key = parseSealEntry(entry);
      if (key === null) throw new Error('the entry is not a sealed one');
      expect(sealedFileName(key, name)).toBe(fileName);
      expect(unseal(key, name, Buffer.from(fileBase64, 'base64'))).toBe(text);
    },
  );
});
