import { afterAll, describe, expect, it } from 'vitest';
import { compose } from '../../../../src-main/compose.ts';
import { allCommands } from '../../../../src-main/hosts/cli/commands/all-commands.ts';
import { parseArguments } from '../../../../src-main/hosts/cli/parse-arguments.ts';
import { checkPositionals } from '../../../../src-main/hosts/cli/unknown-command.ts';
import { shellWords } from '../../../../src-main/hosts/cli/wrap-example.ts';
import { CliDesk } from '../../../fakes/cli-desk.ts';

const commands = allCommands(compose.registries());
const names = commands.map(({ path }) => path.join(' '));
const groups = [...new Set(commands.filter(({ path }) => path.length > 1).map(({ path }) => path[0] ?? ''))];
const desk = new CliDesk();
afterAll(() => desk[Symbol.dispose]());

function widest(text: string): number {
  return Math.max(...text.split('\n').map((line) => line.length));
}

describe('help', () => {
  it.each(names)('of %s fits into 80 columns and ends with an example', async (name) => {
    const { code, stdout } = await desk.run([...name.split(' '), '--help']);
    expect([code, widest(stdout) <= 80]).toEqual([0, true]);
    expect(stdout).toMatch(/\nExample:\n {2}\S/);
  });

  it.each(names)('of %s has an example that can be run as it is shown', async (name) => {
    const { stdout } = await desk.run([...name.split(' '), '--help']);
    const shown = (stdout.split('Example:\n')[1] ?? '').replaceAll(/\\\n\s*/g, '').trim();
    const command = shown.replace(/^printf .* \| /, '').replace(/ > \S+$/, '');
    const [program, ...args] = [...shellWords(command)].map(({ word }) => word.replaceAll(/^['"]|['"]$/g, ''));
    expect(program).toBe('waybill');
    const parsed = parseArguments(args, commands);
    expect(parsed.command?.path.join(' ')).toBe(name);
    if (parsed.command !== null)
      checkPositionals({ command: parsed.command, positionals: parsed.positionals }, commands);
  });

  it.each([[], ...groups.map((group) => [group])])('of %j lists the commands within 80 columns', async (...words) => {
    const { code, stdout } = await desk.run([...words, '--help']);
    expect([code, widest(stdout) <= 80]).toEqual([0, true]);
    const listed = names.filter((name) => words.length === 0 || name.startsWith(`${words[0] ?? ''} `));
    for (const name of listed) if (!names.includes(words[0] ?? '')) expect(stdout).toContain(`\n  ${name}`);
  });

  it('takes the width of the terminal', async () => {
    const { stdout } = await desk.run(['run', '--help'], { typed: [], columns: 60 });
    expect(widest(stdout)).toBeLessThanOrEqual(60);
  });
});

describe('words that are no command', () => {
  it.each([
    [['connection', 'lst'], 'connection list'],
    [['ledger', 'shwo', '3'], 'ledger show'],
    [['ledgr'], 'ledger'],
    [['runs', 'shw', 'X'], 'runs show'],
    [['connection', 'lst', '--help'], 'connection list'],
    [['connection', 'ad', 'shop', '--connector', 'postgres'], 'connection add'],
  ])('%j are refused with the nearest that is', async (args, near) => {
    const { code, exit, said } = await desk.refused(args);
    expect([code, exit]).toEqual(['CLI/USAGE', 2]);
    expect(said).toContain(`Did you mean: waybill ${near}`);
    const person = await desk.run(args);
    expect([person.code, person.stdout]).toEqual([2, '']);
    expect(person.stderr).toMatch(/^CLI\/USAGE: There is no command/);
  });

  it('are refused with the list where none is near', async () => {
    const { code, exit, said } = await desk.refused(['ledger', 'foo']);
    expect([code, exit, said]).toEqual(['CLI/USAGE', 2, expect.stringContaining('list, show, checkpoint')]);
    expect(await desk.refused(['connection', 'bogus'])).toMatchObject({ code: 'CLI/USAGE', exit: 2 });
  });

  it.each(groups)('%s alone shows its commands, exit 2; with --help 0', async (group) => {
    if (names.includes(group)) return;
    const { code, stdout, stderr } = await desk.run([group]);
    expect([code, stdout]).toEqual([2, '']);
    for (const name of names.filter((each) => each.startsWith(`${group} `))) expect(stderr).toContain(`  ${name}`);
    expect((await desk.run([group, '--help'])).code).toBe(0);
    expect(await desk.refused([group])).toMatchObject({ code: 'CLI/USAGE', exit: 2 });
  });
});
