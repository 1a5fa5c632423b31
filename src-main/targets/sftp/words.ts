import type { SshWords } from '../../ssh/ssh-words.ts';

/** What the errors of a login for deliveries say. */
export const SFTP_WORDS: SshWords = {
  family: 'TARGET',
  server: 'The server',
  keyFlag: '--key',
  hostKeyFlag: '--host-key',
  secretCommand: 'waybill target password NAME',
  again: 'Deliver again: what is there already is kept.',
  remake: 'remove the target and add it again',
};
