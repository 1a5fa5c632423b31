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

  contender(name: string, how: BenchExport): Contender {
    const { masks = null, compress, readers, beside } = how;
    const connections = readers ?? how.connections;

    const plan = join(this.#folder, `${name.replaceAll(/[^a-z]+/g, '-')}.plan.yaml`);
    const out = join(this.#folder, 'out');
    const masked = masks === null ? '' : `    masks: ${masks}\n`;
    const pack = compress === undefined ? '' : `package: { compress: ${compress} }\n`;
    const parts = readers === undefined ? '' : `package: { chunk: { rows: ${PART_ROWS} } }\n`;
    const limits = Object.entries({ connections, cellBytes: how.cellBytes }).filter(([, limit]) => limit !== undefined);
    const limited = limits.length === 0 ? '' : `limits: { ${limits.map((limit) => limit.join(': ')).join(', ')} }\n`;
    const tables = how.tables ?? [how.table];
    writeFileSync(
      plan,
      `waybill: 1\nname: bench\npurpose: a measurement\nconnection: bench\ntables:\n${tables.map((table) => `  - table: ${table}\n${masked}`).join('')}format: { type: csv }\n${pack}${parts}${limited}`,
    );
    return {
      name,
      shown: `\`waybill run\`, CSV${compress === undefined ? '' : `, ${compress}`}${readers === undefined ? '' : ` in parts of ${PART_ROWS} rows, ${readers} readers`}, hashed, read back and counted`,
      version: process.version,
      ...(beside === undefined ? {} : { beside }),
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

/** Of what several readers write at once. */
const PART_ROWS = 500_000;

type BenchExport = HowExported &
  ({ readonly table: string; readonly tables?: undefined } | { readonly tables: readonly string[] });

interface HowExported {
  /** YAML of the table's masks; absent or null: none, and the rows are compared. */
  readonly masks?: string | null;
  readonly compress?: 'zstd';
  /** Absent: one, and the table is one file. */
  readonly readers?: number;
  /** Of several tables that are one file each. */
  readonly connections?: number;
  /** As a plan has it; absent: what holds without it. */
  readonly cellBytes?: string;
  readonly beside?: string;
}

function rowsOf(out: string): string[][] {
  const data = join(out, readdirSync(out)[0] ?? '', 'data');
  const path = join(data, readdirSync(data)[0] ?? '');
  return csvRows(path.endsWith('.zst') ? unpackedText(path) : readFileSync(path, 'utf8'));
}

/** With the program that unpacks it elsewhere. */
export function unpackedText(path: string): string {
  return execFileSync('zstd', ['-qdc', path], { encoding: 'utf8', maxBuffer: 2 ** 30 });
}
