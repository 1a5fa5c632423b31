import { PassThrough } from 'node:stream';
import { openHomeLedger } from '../../../src-main/app/open-home-ledger.ts';
import { compose } from '../../../src-main/compose.ts';
import { runCli } from '../../../src-main/hosts/cli/run-cli.ts';
import type { Store } from '../../../src-main/ports/store.ts';
import { PASSPHRASE, type Desk, type Ended } from './driver.ts';

/**
 * Runs a command line in this process with `--json`, on a store that `wrap` makes of the real one: what a system cannot be
 * made to do for an ordinary user, the store does. What the core keeps open it opens on that store too.
 */
export async function runInProcess(desk: Desk, args: readonly string[], wrap: (store: Store) => Store): Promise<Ended> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const texts = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    streams[name].setEncoding('utf8').on('data', (text: string) => (texts[name] += text));
  }
  const code = await runCli([...args, '--json', '--quiet'], {
    io: {
      // The command line asks these three for no more than whether they are a terminal, and writes.
      stdin: new PassThrough() as unknown as NodeJS.ReadStream,
      stdout: streams.stdout as unknown as NodeJS.WriteStream,
      stderr: streams.stderr as unknown as NodeJS.WriteStream,
      env: { WAYBILL_HOME: desk.home, WAYBILL_PASSPHRASE: PASSPHRASE },
      cwd: desk.folder,
    },
    signal: new AbortController().signal,
    onPauseSignal: () => () => undefined,
    compose: {
      ...compose,
      core: async (options) => {
        const made = await compose.core(options);
        const core = { ...made.core, store: wrap(made.core.store) };
        const opened: { ledger?: ReturnType<typeof openHomeLedger> } = {};
        return { ...made, core: { ...core, ledger: () => (opened.ledger ??= openHomeLedger(core)) } };
      },
    },
  });
  const text = texts.stdout === '' ? (texts.stderr.trimEnd().split('\n').at(-1) ?? '') : texts.stdout;
  return { code, ...texts, json: JSON.parse(text) as unknown };
}
