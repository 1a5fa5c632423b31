import { describe, expect, it } from 'vitest';
import type { AdapterFacts, OptionFieldFacts } from '../../../src-shared/contract/parts.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';
import {
  draftOf,
  givenOf,
  keySecretOf,
  newDraft,
  testedPart,
  withProduction,
  withUrl,
} from '../../../src-renderer/features/connections/draft.ts';
import { placeOfFault } from '../../../src-renderer/features/connections/fault-place.ts';
import { ADDRESS_LINE, layOutFields } from '../../../src-renderer/forms/option-layout.ts';
import { missingFields, optionsOfTexts, textsOfOptions } from '../../../src-renderer/forms/option-values.ts';

const field = (property: string, change: Partial<OptionFieldFacts> = {}): OptionFieldFacts => ({
  property,
  title: property,
  kind: 'text',
  choices: null,
  required: false,
  fallback: null,
  usual: null,
  hint: null,
  characters: false,
  empty: null,
  secret: null,
  ...change,
});

const FIELDS = [
  field('host', { required: true }),
  field('port', { kind: 'number', fallback: '5432' }),
  field('database', { required: true }),
  field('user'),
  field('compress', { kind: 'switch' }),
  field('schemas', { kind: 'list' }),
];
const ADAPTER: AdapterFacts = { id: 'p', title: 'P', fields: FIELDS, traits: { network: true } };
const TUNNEL: AdapterFacts = {
  ...{ id: 'ssh', title: 'SSH tunnel', traits: {} },
  fields: [
    ...[field('host', { required: true }), field('port', { kind: 'number' }), field('user'), field('key')],
    ...[field('agent', { kind: 'switch' }), field('hostKey'), field('knownHosts')],
  ],
};
const PARTS = { adapter: ADAPTER, tunnel: TUNNEL };

describe('a form made from the fields of options', () => {
  it('gives options of each kind, and leaves out what is empty', () => {
    const texts = { host: 'db', port: '6000', database: ' ', compress: 'true', schemas: 'a, b\nc,' };
    expect(optionsOfTexts(FIELDS, texts)).toEqual({ host: 'db', port: 6000, compress: true, schemas: ['a', 'b', 'c'] });
    expect(optionsOfTexts(FIELDS, { compress: 'false' })).toEqual({ compress: false });
  });

  it('hands on what is no number, so that the core refuses it by name', () => {
    expect(optionsOfTexts(FIELDS, { port: '54x' })).toEqual({ port: '54x' });
  });

  it('shows saved options as they were given', () => {
    const saved = { host: 'db', port: 6000, compress: true, schemas: ['a', 'b'], unknown: 1 };
    const texts = textsOfOptions(FIELDS, saved);
    expect(texts).toEqual({ host: 'db', port: '6000', compress: 'true', schemas: 'a, b' });
    expect(optionsOfTexts(FIELDS, texts)).toEqual({ host: 'db', port: 6000, compress: true, schemas: ['a', 'b'] });
  });

  it('knows what has to be filled', () => {
    expect(missingFields(FIELDS, { host: 'db' }).map(({ property }) => property)).toEqual(['database']);
  });

  it('puts the parts of an address on one line, whatever the product', () => {
    const lines = layOutFields(FIELDS, [ADDRESS_LINE]).map(({ fields }) => fields.map(({ property }) => property));
    expect(lines).toEqual([['host', 'port', 'database'], ['user'], ['compress'], ['schemas']]);
    expect(layOutFields([field('file')], [ADDRESS_LINE])[0]?.columns).toBe('1fr');
  });
});

describe('the draft of a connection', () => {
  it('suggests red for production, until somebody chose a colour', () => {
    const red = withProduction(newDraft('p'), true);
    expect(red.color).toBe('red');
    expect(withProduction(red, false).color).toBe('blue');
    expect(withProduction({ ...newDraft('p'), color: 'green', colorIsChosen: true }, true).color).toBe('green');
  });

  it('takes a URL, suggests a name that can be one, and keeps the one that is there', () => {
    const url = {
      connector: 'p',
      options: { host: 'db', database: '/srv/My shop (2).db' },
      password: 'pw',
      ignored: [],
    };
    const filled = withUrl(newDraft('q'), url);
    expect(filled).toMatchObject({ connector: 'p', name: 'My-shop-2-', password: 'pw', texts: url.options });
    expect(withUrl({ ...newDraft('q'), name: 'mine' }, url).name).toBe('mine');
  });

  it('leaves the stored password alone unless another one, or none, is given', () => {
    const saved = {
      name: 'shop',
      connector: 'p',
      options: { host: 'db', database: 'd' },
      production: false,
      color: 'blue' as const,
      secret: 'keychain' as const,
      keySecret: null,
      place: '',
      tunnel: null,
      sample: false,
      revision: 'A',
    };
    const draft = draftOf(saved, PARTS);
    expect('password' in givenOf(draft, PARTS)).toBe(false);
    expect(givenOf({ ...draft, password: null }, PARTS).password).toBeNull();
    expect(draftOf({ ...saved, secret: null }, PARTS).password).toBeNull();
  });

  it('takes a passphrase along only to a product that has a key for it', () => {
    const draft = { ...newDraft('p'), keyPassphrase: 'typed for another product' };
    expect(givenOf(draft, PARTS).keyPassphrase).toBeNull();
    const fields = [...FIELDS, field('wallet', { secret: 'Password of the wallet' })];
    const withWallet = { ...PARTS, adapter: { ...ADAPTER, fields } };
    expect(givenOf(draft, withWallet).keyPassphrase).toBeNull();
    const named = { ...draft, texts: { wallet: '/wallets/shop' } };
    expect(givenOf(named, withWallet).keyPassphrase).toBe('typed for another product');
    expect(keySecretOf(named, withWallet.adapter)).toBe('Password of the wallet');
  });

  it('is another connection when an option or the password changes, and the same with another name or colour', () => {
    const draft = { ...newDraft('p'), texts: { host: 'db' } };
    expect(testedPart({ ...draft, name: 'x', color: 'red', production: true })).toBe(testedPart(draft));
    expect(testedPart({ ...draft, texts: { host: 'db', user: '' } })).toBe(testedPart(draft));
    expect(testedPart({ ...draft, texts: { host: 'db2' } })).not.toBe(testedPart(draft));
    expect(testedPart({ ...draft, password: 'null' })).not.toBe(testedPart(draft));
    expect(testedPart({ ...draft, password: undefined })).not.toBe(testedPart(draft));
  });
});

describe('an error in the connection dialog', () => {
  const fields = new Set(['name', 'host', 'database', 'password', 'store', 'tls', 'ca']);
  const at = (...[code, details]: Parameters<typeof appError>): string | null =>
    placeOfFault(toWireError(appError(code, details)), fields);

  it('stands at the field it belongs to', () => {
    expect(at('SOURCE/AUTH_REFUSED', { message: '' })).toBe('password');
    expect(at('SOURCE/DATABASE_ABSENT', { message: '' })).toBe('database');
    expect(at('SOURCE/TLS_REFUSED', { message: '' })).toBe('tls');
    expect(at('CONNECTION/EXISTS', { message: '' })).toBe('name');
    expect(at('CONNECTION/OPTION_INVALID', { message: '', context: { option: 'ca' } })).toBe('ca');
    expect(placeOfFault(toWireError(appError('SOURCE/UNREACHABLE', { message: '' })), new Set(['file']))).toBe('file');
  });

  it('tells a secret that is gone from another, and a locked key from its file', () => {
    const own = new Set([...fields, 'key', 'keyPassphrase']);
    const option = { option: 'keyPassphrase' };
    const placed = (code: Parameters<typeof appError>[0], context = {}): string | null =>
      placeOfFault(toWireError(appError(code, { message: '', context })), own);
    expect(placed('VAULT/SECRET_ABSENT')).toBe('password');
    expect(placed('VAULT/SECRET_ABSENT', option)).toBe('keyPassphrase');
    expect(placed('CONNECTION/OPTION_INVALID', option)).toBe('keyPassphrase');
  });

  it('stands below the form when it belongs to none', () => {
    expect(at('APP/INVARIANT', { message: '' })).toBeNull();
    expect(at('CONNECTION/OPTION_INVALID', { message: '', context: { option: 'port' } })).toBeNull();
  });
});
