import { afterAll, describe, expect, it } from 'vitest';
import { Desk } from './driver.ts';

const desk = new Desk();
afterAll(() => desk[Symbol.dispose]());

/** Types at a real terminal; resolves with what it showed and the exit code. */
async function typeAt(args: readonly string[], typed: readonly (readonly [string, string])[]) {
  // A terminal of its own for the command; `-e` passes on the exit code.
  const under = ['sh', '-c', 'exec script -qec "$*" /dev/null', 'sh'];
  const { child, ended } = desk.start(args, { under, keepStdin: true });
  let shown = '';
  const left = [...typed];
  child.stdout.on('data', (text: string) => {
    shown += text;
    const [question, keys] = left[0] ?? [];
    if (question === undefined || !shown.includes(question)) return;
    left.shift();
    child.stdin.write(keys ?? '');
  });
  const { code } = await ended;
  return { code, shown };
}

describe('a real terminal', () => {
  const where = ['--connector', 'postgres', '--host', 'db.invalid', '--database', 'd', '--user', 'u'];

  it('shows nothing of a password', async () => {
    const { code, shown } = await typeAt(['connection', 'add', 'shop', ...where], [['none): ', 'hunter2-c4n4ry\r']]);
    expect([code, shown]).toEqual([0, expect.stringContaining('Connection shop is saved.')]);
    expect(shown).not.toContain('c4n4ry');
  });

  it('leaves a question at Ctrl+C with 130 and no word', async () => {
    const { code, shown } = await typeAt(['connection', 'add', 'other', ...where], [['none): ', '\u0003']]);
    expect([code, shown.replaceAll('\r', '').trimEnd()]).toEqual([130, 'Password (empty for none):']);
  });
});
