import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MeasuredCommand } from '../measure.ts';
import { csvRows } from './csv-rows.ts';
import type { Contender } from './scenario.ts';

/** The built command line with a home of its own. */
export class WaybillBench {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  connect(args: readonly string[], password?: string): void {
    const flags = password === undefined ? [] : ['--password-stdin'];
    const { command, args: whole, env } = this.#command('connection', 'add', 'bench', ...args, ...flags);
    execFileSync(command, whole, { env: { ...process.env, ...env }, input: `${password ?? ''}\n` });
  }

  /** `masks`: YAML of the table's masks; null: none, and the rows are compared. */
  contender(name: string, { table, masks }: { readonly table: string; readonly masks: string | null }): Contender {
    const plan = join(this.#folder, `${masks === null ? 'plain' : 'masked'}.plan.yaml`);
    const out = join(this.#folder, 'out');
    const masked = masks === null ? '' : `    masks: ${masks}\n`;
    writeFileSync(
      plan,
      `waybill: 1\nname: bench\npurpose: a measurement\nconnection: bench\ntables:\n  - table: ${table}\n${masked}format: { type: csv }\n`,
    );
    return {
      name,
      shown: '`waybill run`, CSV, hashed, read back and counted',
      version: process.version,
      out,
      command: () => this.#command('run', plan, '--out', out, '--accept-catalog'),
      ...(masks === null ? { rows: () => rowsOf(out) } : {}),
    };
  }

  #command(...args: string[]): MeasuredCommand {
    return {
      command: process.execPath,
      args: ['dist/cli/cli.mjs', '--home', join(this.#folder, 'home'), '--quiet', '--progress', 'none', ...args],
      env: { WAYBILL_PASSPHRASE: 'a passphrase for the bench alone' },
    };
  }
}

function rowsOf(out: string): string[][] {
  const data = join(out, readdirSync(out)[0] ?? '', 'data');
  return csvRows(readFileSync(join(data, readdirSync(data)[0] ?? ''), 'utf8'));
}
