import { expect, it } from 'vitest';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import { optionFields } from '../../../src-main/app/option-fields.ts';
import { tunnelOptions } from '../../../src-main/tunnel/options.ts';
import {
  givenTunnelOf,
  hasTunnel,
  NO_TUNNEL,
  secretOfLogin,
  tunnelDraftOf,
  withComparedKey,
  withTunnelText,
} from '../../../src-renderer/features/connections/tunnel-draft.ts';

const TUNNEL: AdapterFacts = {
  ...{ id: 'ssh', title: 'SSH tunnel', traits: {} },
  fields: optionFields(tunnelOptions).map(({ flag: _flag, choices, ...field }) => ({
    ...field,
    choices: choices === null ? null : [...choices],
  })),
};
const HOST_KEY = `SHA256:${'A'.repeat(43)}`;
const SAVED = {
  options: { host: 'bastion', port: 22, key: '/home/dba/id', hostKey: HOST_KEY },
  secrets: ['passphrase' as const],
  place: 'dba@bastion:22',
};

it('is none while nothing is filled in', () => {
  expect(hasTunnel(NO_TUNNEL)).toBe(false);
  expect(givenTunnelOf(NO_TUNNEL, TUNNEL)).toBeNull();
  expect(hasTunnel(withTunnelText(NO_TUNNEL, 'agent', 'false'))).toBe(false);
});

it('keeps the stored secret of a saved one, and drops what its login no longer asks for', () => {
  const draft = tunnelDraftOf(SAVED, TUNNEL);
  expect(givenTunnelOf(draft, TUNNEL)).toEqual({ options: SAVED.options, password: null });
  const byAgent = withTunnelText(withTunnelText(draft, 'key', ''), 'agent', 'true');
  expect(secretOfLogin(byAgent)).toBeNull();
  expect(givenTunnelOf(byAgent, TUNNEL)).toMatchObject({ options: { agent: true }, password: null, passphrase: null });
  const byPassword = { ...withTunnelText(draft, 'key', ''), password: 'secret' };
  expect(givenTunnelOf(byPassword, TUNNEL)).toMatchObject({ password: 'secret', passphrase: null });
});

it('forgets the pinned key when another server is named', () => {
  const draft = tunnelDraftOf(SAVED, TUNNEL);
  expect(withTunnelText(draft, 'user', 'other').texts['hostKey']).toBe(HOST_KEY);
  expect(withTunnelText(draft, 'host', 'other').texts['hostKey']).toBe('');
  expect(withTunnelText(draft, 'port', '2222').texts['hostKey']).toBe('');
});

it('forgets the pinned keys of the jump hosts when the way is another one', () => {
  const jumpHostKeys = `${HOST_KEY},${HOST_KEY}`;
  const named = { ...NO_TUNNEL, texts: { host: 'bastion', jump: 'a,b', jumpHostKeys, jumpHostKeyAliases: 'x,' } };
  expect(withTunnelText(named, 'host', 'other').texts['jumpHostKeys']).toBe(jumpHostKeys);
  expect(withTunnelText(named, 'jump', 'a').texts).toMatchObject({ jumpHostKeys: '', jumpHostKeyAliases: '' });
  expect(withTunnelText(named, 'config', '/other').texts['jumpHostKeys']).toBe('');
  // What leads to an alias stands in the SSH config.
  const aliased = { ...NO_TUNNEL, texts: { host: 'bastion', jumpHostKeys } };
  expect(withTunnelText(aliased, 'host', 'other').texts['jumpHostKeys']).toBe('');
  expect(withTunnelText(aliased, 'host', 'bastion').texts['jumpHostKeys']).toBe(jumpHostKeys);
});

it('pins a key that was compared where it belongs: the server’s, or those of the way so far', () => {
  const draft = { ...NO_TUNNEL, texts: { host: 'bastion' } };
  const unknown = (context: Record<string, string>) => appError('TUNNEL/HOST_KEY_UNKNOWN', { message: '', context });
  expect(withComparedKey(draft, unknown({ hostKey: HOST_KEY })).texts).toEqual({ host: 'bastion', hostKey: HOST_KEY });
  const jumpHostKeys = `${HOST_KEY},`;
  expect(withComparedKey(draft, unknown({ hostKey: HOST_KEY, jumpHostKeys })).texts).toEqual({
    host: 'bastion',
    jumpHostKeys,
  });
});
