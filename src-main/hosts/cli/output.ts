import { isAppError, toAppError } from '../../../src-shared/errors/app-error.ts';
import type { ErrorCode } from '../../../src-shared/errors/catalog.ts';
import { toWireError } from '../../../src-shared/errors/wire.ts';
import type { Finding } from '../../../src-shared/model/finding.ts';
import { PlanFindings } from '../../app/plan-findings.ts';
import type { CliIo } from './cli-io.ts';
import { countFindings, findingLines } from './finding-lines.ts';
import { terminalSafe } from './terminal-safe.ts';
import { columnsOf, wrapLine } from './wrap-text.ts';

/** What is worth a person's look and fails nothing. */
export interface Warning {
  readonly code: ErrorCode;
  readonly message: string;
  readonly remedy?: string | undefined;
  /** `FILE:LINE:COLUMN` of a plan, where known. */
  readonly place?: string | undefined;
}

/** Where a command's words go: the result to stdout, everything else to stderr. Lines are wrapped at the terminal's width. */
export interface Output {
  readonly json: boolean;
  readonly quiet: boolean;
  /** The one JSON document of `--json`, or nothing. */
  result(value: unknown, human: () => void): void;
  /** A line of the human result. Foreign text in it is made safe. */
  line(text?: string): void;
  /** A line of the human result that is never wrapped: a path, an exact text. */
  exact(text: string): void;
  /** A line of the human result that says more than the result itself; silent with --quiet. */
  detail(text?: string): void;
  /** A line for the person at the terminal, on stderr; silent with --quiet. */
  note(text: string): void;
  /** On stderr; silent with --quiet. */
  warning(warning: Warning): void;
  /** Findings of a plan file, each once, on stderr; with --quiet only errors. Silent with --json, whose document has them. */
  findings(findings: readonly Finding[], file: string): void;
  error(error: unknown): void;
}

export function createOutput(
  io: Pick<CliIo, 'stdout' | 'stderr' | 'env'>,
  options: { json: boolean; quiet: boolean },
): Output {
  const wrapped = (stream: NodeJS.WriteStream) => (text: string) => {
    for (const line of wrapLine(terminalSafe(text), columnsOf(stream, io.env))) stream.write(`${line}\n`);
  };
  const toStderr = wrapped(io.stderr);
  const toStdout = wrapped(io.stdout);
  const line = (text = ''): void => void (options.json || toStdout(text));
  const note = (text: string): void => void (options.quiet || toStderr(text));
  return {
    ...options,
    result(value, human) {
      if (options.json) io.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
      else human();
    },
    line,
    exact: (text) => void (options.json || io.stdout.write(`${terminalSafe(text)}\n`)),
    detail: (text) => void (options.quiet || line(text)),
    note,
    warning({ code, message, remedy, place }) {
      note(`warning ${code}: ${message}${place === undefined ? '' : ` (${place})`}`);
      if (remedy !== undefined) note(`→ ${remedy}`);
    },
    findings(findings, file) {
      if (!options.json) writeFindings({ findings, file }, options.quiet, toStderr);
    },
    error(error) {
      if (options.json) io.stderr.write(`${JSON.stringify({ error: errorJson(error) })}\n`);
      else if (error instanceof PlanFindings) writePlanFindings(error, options.quiet, toStderr);
      else writeError(error, toStderr);
    },
  };
}

function errorJson(error: unknown): object {
  return { ...toWireError(error), ...(error instanceof PlanFindings ? { findings: error.findings } : {}) };
}

type Found = Pick<PlanFindings, 'findings' | 'file'>;

function writeFindings({ findings, file }: Found, quiet: boolean, write: (text: string) => void): void {
  for (const finding of findings) {
    if (quiet && finding.severity === 'note') continue;
    for (const line of findingLines(finding, file)) write(line);
  }
}

/** Each finding once: the error itself only repeats the first of them. */
function writePlanFindings(found: Found, quiet: boolean, write: (text: string) => void): void {
  writeFindings(found, quiet, write);
  write(`The plan cannot run: ${countFindings(found.findings)}.`);
}

function writeError(error: unknown, write: (text: string) => void): void {
  const known = toAppError(error);
  write(`${known.code}: ${known.message}`);
  if (known.remedy !== undefined) write(`→ ${known.remedy}`);
  // Only our own mistakes show their origin: a foreign message may quote a value.
  if (!isAppError(known, 'APP/INVARIANT') || !(known.cause instanceof Error)) return;
  for (const line of (known.cause.stack ?? '').split('\n')) write(`  ${line}`);
}

/** Columns of equal width, two blanks between them; `right` names columns that are aligned to the right. */
export function layOutTable(rows: readonly (readonly string[])[], right: readonly number[] = []): string[] {
  const safe = rows.map((row) => row.map(terminalSafe));
  const widths = (safe[0] ?? []).map((_, column) => Math.max(...safe.map((row) => (row[column] ?? '').length)));
  return safe.map((row) =>
    row
      .map((cell, column) =>
        right.includes(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join('  ')
      .trimEnd(),
  );
}
