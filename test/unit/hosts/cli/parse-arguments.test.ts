import { describe, expect, it } from 'vitest';
import type { Command } from '../../../../src-main/hosts/cli/command.ts';
import { parseArguments } from '../../../../src-main/hosts/cli/parse-arguments.ts';
import { isAppError } from '../../../../src-shared/errors/app-error.ts';

const add: Command = {
  path: ['connection', 'add'],
  summary: '',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: { 'password-stdin': { kind: 'switch', help: '' }, host: { kind: 'text', help: '' } },
  example: 'waybill connection add shop',
  run: () => Promise.resolve(0),
};

/** What a person reads of a refusal. */
function refusal(args: readonly string[]): string {
  try {
    parseArguments(args, [add]);
  } catch (error) {
    if (isAppError(error, 'CLI/USAGE')) return `${error.message}\n${error.remedy ?? ''}`;
    throw error;
  }
  throw new Error('it was taken');
}

describe('a secret on the command line', () => {
  it.each([
    [['connection', 'add', 'shop', '--password', 'hunter2']],
    [['connection', 'add', 'shop', '--password=hunter2']],
    [['connection', 'add', '--password', 'hunter2', 'shop']],
    [['--password', 'hunter2', 'connection', 'add', 'shop']],
    [['connection', 'add', 'shop', '--Passwd', 'hunter2']],
    [['connection', 'add', 'shop', '--pwd=hunter2']],
    [['connection', 'add', 'shop', '--host', 'h', '--pass', 'hunter2']],
    [['connection', 'add', 'shop', '--password']],
  ])('%j is refused, told how to be given, and not repeated', (args) => {
    const said = refusal(args);
    expect(said).toMatch(/command line/);
    expect(said).toContain('--password-stdin');
    expect(said).not.toContain('hunter2');
  });

  it('is told that a passphrase comes from a file or from standard input', () => {
    const said = refusal(['connection', 'add', 'shop', '--passphrase=hunter2']);
    expect(said).toMatch(/--passphrase-file/);
    expect(said).toMatch(/--passphrase-stdin/);
    expect(said).not.toContain('hunter2');
  });

  it.each([
    [['connection', 'add', 'shop', '-phunter2']],
    [['connection', 'add', 'shop', '-p', 'hunter2']],
    [['connection', 'add', 'shop', '--password-stdin=hunter2']],
  ])('%j is refused without being repeated', (args) => {
    expect(refusal(args)).not.toContain('hunter2');
  });
});
