import type { WireError } from '../../../src-shared/errors/wire.ts';
import { isAlive } from '../../../src-shared/model/run-state.ts';
import type { ShownRun } from '../../app/show-run.ts';
import type { TableResult } from '../../engine/run/table-job.ts';
import { fitTable, fold, LINE_WIDTH } from './fit-table.ts';
import { leftOverLines } from './left-over-lines.ts';
import { deliveredLines, reportLines, wholeSoFarLines } from './report-lines.ts';
import { verdictLines, wholePartLines } from './verdict-lines.ts';

/** A run for a person: what it was, what became of each table and why, where its package is, what it left. */
export function runLines(shown: ShownRun): string[] {
  return [
    ...fitTable(factsOf(shown)),
    ...section([
      // On lines of their own, whole: they are there to be copied.
      ...(shown.planPath === undefined ? [] : [`Plan file: ${shown.planPath}`]),
      ...(shown.package === null ? [] : [`Package: ${shown.package}`]),
      ...(shown.deliveries ?? []).flatMap(({ target, uri }) => (uri === undefined ? [] : [`At ${target}: ${uri}`])),
    ]),
    ...(shown.tables.length === 0 ? [] : ['', ...tableLines(shown.tables)]),
    ...section(reportOf(shown)),
    ...section(leftOverLines(shown.leftOver)),
  ];
}

function reportOf({ summary, load, deliveries = [], wholeSoFar }: ShownRun): string[] {
  if (summary !== null) return ['Report', ...reportLines(summary, load), ...deliveredLines(deliveries)];
  return wholeSoFar === null ? [] : ['Report', ...wholeSoFarLines(wholeSoFar)];
}

function factsOf(shown: ShownRun): string[][] {
  const { run, state, plan, connection, started, ended, resumes, ledger, paused, queued, deliveries = [] } = shown;
  return [
    ['run', run],
    ['state', state],
    ['plan', plan],
    ['connection', connection],
    ['started', moment(started)],
    ...(queued === undefined ? [] : [['waits', `for the window of its plan, until ${moment(queued.until)}`]]),
    ...(paused === undefined
      ? []
      : [['paused', `since ${moment(paused.since)}, until ${moment(paused.until)} at most`]]),
    ...(ended === undefined ? [] : [['ended', moment(ended)]]),
    ...(resumes === undefined ? [] : [['goes on with', `run ${resumes}`]]),
    ...(isResumable(shown) ? [['to go on', `waybill resume ${run}`]] : []),
    ...reasonOf(shown).map((reason) => ['reason', reason]),
    ...(shown.package === null ? [['package', 'none']] : []),
    [
      'ledger',
      ledger === undefined ? 'no entry of its end yet' : `entry ${ledger.seq}; see: waybill ledger show ${ledger.seq}`,
    ],
    ...deliveries.map(({ target, state: ended, error }) => [
      `to ${target}`,
      [ended, error === undefined ? '' : inWords(error)].join(' ').trimEnd(),
    ]),
  ];
}

/** It may be refused still: when its plan has come to something else since, or a later run has gone on with it. */
function isResumable(shown: ShownRun): boolean {
  return shown.request !== undefined && shown.state !== 'succeeded' && !isAlive(shown);
}

function reasonOf({ state, error, tables, ledger }: ShownRun): string[] {
  // A table that failed says so itself.
  if (error !== undefined) return tables.some((table) => table.error !== undefined) ? [] : [inWords(error)];
  if (state === 'interrupted') return ['Its process ended before the run did.'];
  if (state !== 'failed' && state !== 'partial') return [];
  return tables.length > 0 ? [] : [`Its report was lost${ledger === undefined ? '' : '; the ledger has its end'}.`];
}

function inWords({ code, message, remedy }: WireError): string {
  return `${code}: ${message}${remedy === undefined ? '' : ` → ${remedy}`}`;
}

function tableLines(tables: readonly TableResult[]): string[] {
  const reasons = tables.flatMap((table) => {
    const why = table.error === undefined ? table.why : inWords(table.error);
    if (table.verdict === 'complete' || why === undefined) return [];
    return fold(`${table.name}: ${why}`, LINE_WIDTH - 2).map((line) => `  ${line}`);
  });
  return [
    ...verdictLines(tables),
    ...reasons,
    ...wholePartLines(tables)
      .flatMap((line) => fold(line, LINE_WIDTH - 2))
      .map((line) => `  ${line}`),
  ];
}

function section(lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', ...lines];
}

/** `2026-11-02 09:15:00 UTC` of an ISO time. */
function moment(iso: string): string {
  return `${iso.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length).replace('T', ' ')} UTC`;
}
