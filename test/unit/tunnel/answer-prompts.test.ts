import { expect, it, vi } from 'vitest';
import { answering } from '../../../src-main/tunnel/answer-prompts.ts';

const NAME = 'dba@bastion.example:22';

function ask(...prompts: readonly (readonly { prompt: string; echo?: boolean }[])[]) {
  const giveUp = vi.fn<(error: Error) => void>();
  const finish = vi.fn<(answers: string[]) => void>();
  const answer = answering({ password: 'opensesame', name: NAME }, giveUp);
  for (const round of prompts) answer('', '', '', [...round], finish);
  return { finish, giveUp };
}

it.each([
  'Password: ',
  "dba@bastion's password:",
  '(dba@bastion) Password:',
  'Passwort: ',
  'LDAP Password:',
  'パスワード:',
])('answers %s', (prompt) => {
  const { finish, giveUp } = ask([{ prompt, echo: false }]);
  expect(finish.mock.calls).toEqual([[['opensesame']]]);
  expect(giveUp).not.toHaveBeenCalled();
});

it.each([
  'Verification code: ',
  'One-time password (OATH): ',
  'Your password has expired. New password: ',
  'Retype new password: ',
  'Current password: ',
  'PIN+token password: ',
  'Duo two-factor login. Passcode or option (1-3): ',
])('sends nothing to %s', (prompt) => {
  const { finish, giveUp } = ask([{ prompt, echo: false }]);
  expect(finish).not.toHaveBeenCalled();
  expect(giveUp.mock.calls[0]?.[0]).toMatchObject({ code: 'TUNNEL/AUTH_REFUSED' });
});

it('sends nothing where the answer would be shown, more than one thing is asked, or the password was sent', () => {
  expect(ask([{ prompt: 'Password:', echo: true }]).finish).not.toHaveBeenCalled();
  expect(ask([{ prompt: 'Password:' }, { prompt: 'Code:' }]).finish).not.toHaveBeenCalled();
  const twice = ask([{ prompt: 'Password:' }], [{ prompt: 'Password:' }]);
  expect(twice.finish).toHaveBeenCalledTimes(1);
  expect(twice.giveUp.mock.calls[0]?.[0].message).toContain(NAME);
});

it('goes on where a server asks nothing more', () => {
  expect(ask([{ prompt: 'Password:' }], []).finish.mock.calls).toEqual([[['opensesame']], [[]]]);
});
