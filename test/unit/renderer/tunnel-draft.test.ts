import { expect, it } from 'vitest';
import type { AdapterFacts } from '../../../src-shared/contract/parts.ts';
import { optionFields } from '../../../src-main/app/option-fields.ts';
import { tunnelOptions } from '../../../src-main/tunnel/options.ts';
import {
  givenTunnelOf,
  hasTunnel,
  NO_TUNNEL,
  secretOfLogin,
  tunnelDraftOf,
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
