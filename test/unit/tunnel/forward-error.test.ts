import { expect, it } from 'vitest';
import { forwardError } from '../../../src-main/tunnel/forward-error.ts';

const WHERE = { through: 'dba@bastion.example:22', to: { host: 'db.internal', port: 5432 } };
const failure = (reason: number, said: string): Error =>
  Object.assign(new Error(`(SSH) Channel open failure: ${said}`), { reason });

it.each([
  [1, 'open failed', 'TUNNEL/FORWARD_REFUSED', 'it does not let this user forward'],
  [3, 'unknown channel type', 'TUNNEL/FORWARD_REFUSED', 'it does not let this user forward'],
  [2, 'Connection refused', 'TUNNEL/DATABASE_UNREACHABLE', 'it refuses the connection'],
  [2, 'Connection timed out', 'TUNNEL/DATABASE_UNREACHABLE', 'it does not answer in time'],
  [2, 'Name or service not known', 'TUNNEL/DATABASE_UNREACHABLE', 'its name is not known there'],
  [2, 'No route to host', 'TUNNEL/DATABASE_UNREACHABLE', 'no way leads to it'],
  [4, 'too many', 'TUNNEL/FAILED', 'opens no way'],
])('tells the reason %s, "%s", as %s', (reason, said, code, words) => {
  const error = forwardError(failure(reason, said), WHERE);
  expect(error.code).toBe(code);
  expect(error.message).toContain(words);
  expect(error.message).toContain(WHERE.through);
  expect(error.message).toContain('db.internal:5432');
});

it('repeats nothing of what a server says', () => {
  expect(forwardError(failure(2, '\u001B[2J\u0007 trust me'), WHERE).message).toBe(
    'The SSH server dba@bastion.example:22 cannot reach db.internal:5432.',
  );
});
