import type { SshWords } from '../ssh/ssh-words.ts';

/** What the errors of a tunnel's login say. */
export const TUNNEL_WORDS: SshWords = {
  family: 'TUNNEL',
  server: 'The SSH server',
  keyFlag: '--ssh-key',
  hostKeyFlag: '--ssh-host-key',
  secretCommand: 'waybill connection password NAME',
  again: 'Check the network and the SSH server, then run again.',
  remake: 'remove the connection and add it again',
};
