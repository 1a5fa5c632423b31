import { expect, it } from 'vitest';
import { answerError } from '../../../src-main/targets/sftp/errors.ts';

const foreign = (message: string, code?: string | number): Error => Object.assign(new Error(message), { code });

it.each([
  ['No such file', 2, 'TARGET/ABSENT'],
  ['Permission denied', 3, 'TARGET/PERMISSION_DENIED'],
  ['Failure', 4, 'TARGET/FAILED'],
  ['Disk quota exceeded', 4, 'TARGET/QUOTA'],
  ['No connection', 6, 'TARGET/CONNECTION_LOST'],
  ['Connection lost', 7, 'TARGET/CONNECTION_LOST'],
  ['File already exists', 11, 'TARGET/EXISTS'],
  ['No space', 14, 'TARGET/QUOTA'],
  ['Quota exceeded', 15, 'TARGET/QUOTA'],
  ['No response from server', undefined, 'TARGET/CONNECTION_LOST'],
])('gives the answer "%s" (%s) its code', (message, status, code) => {
  expect(answerError(foreign(message, status), 'data/a.csv')).toMatchObject({ code });
});
