import { expect, it } from 'vitest';
import { errorOnScreen, remedyOnScreen } from '../../../src-renderer/text/error-on-screen.ts';
import { remedies } from '../../../src-renderer/text/en/remedies.ts';
import { appError } from '../../../src-shared/errors/app-error.ts';

it('says what to do in the words of the screens where the core names a command', () => {
  const error = appError('TARGET/ABSENT', {
    message: 'There is no target named partner.',
    remedy: 'See: waybill target list.',
  });
  expect(errorOnScreen(error)).toMatchObject({
    message: 'There is no target named partner.',
    remedy: 'Choose another target, or add one under Targets.',
  });
});

it('leaves a remedy alone that anybody can follow', () => {
  expect(remedyOnScreen('TARGET/ABSENT', 'Did you mean partner-inbox?')).toBe('Did you mean partner-inbox?');
  expect(remedyOnScreen('SPOOL/EXISTS', 'A plan never replaces a file.')).toBe('A plan never replaces a file.');
  expect(remedyOnScreen('RUN/CANCELLED', undefined)).toBeUndefined();
});

it('drops what only a terminal understands, and keeps the rest', () => {
  expect(remedyOnScreen('CONNECTION/OPTION_INVALID', 'Change it; on the command line: --host.')).toBe('Change it.');
  expect(remedyOnScreen('TARGET/FAILED', 'See: waybill verify /a. Try again.')).toBe('Try again.');
  expect(remedyOnScreen('TARGET/FAILED', 'See: waybill verify /a.')).toBeUndefined();
});

it('names no command in the words of the screens', () => {
  for (const remedy of Object.values(remedies)) expect(remedyOnScreen('APP/INVARIANT', remedy)).toBe(remedy);
});

it('keeps the command where there is no other way', () => {
  expect(remedyOnScreen('LEDGER/BROKEN', 'Start one with `waybill ledger new --after`.')).toContain('--after');
});
