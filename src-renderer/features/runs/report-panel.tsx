import type { ReactNode } from 'react';
import type { RunFigures } from '../../../src-shared/contract/run-figures.ts';
import type { RunDetail } from '../../../src-shared/contract/runs.ts';
import type { LoadSummary } from '../../../src-shared/model/server-load.ts';
import { formatDuration } from '../../../src-shared/util/format-duration.ts';
import { formatBytes, formatCount } from '../../../src-shared/util/format-number.ts';
import { formatShortCount } from '../../../src-shared/util/format-short-count.ts';
import { Bar } from '../../components/marks.tsx';
import { MiddleEllipsis } from '../../components/middle-ellipsis.tsx';
import { loadLines } from './load-words.ts';
import { text } from '../../text/text.ts';

const words = text.runs.report;
const NUMBER_WIDTH = { width: 88 };

/** What became of the tables, how quick it was, where the time went and which tables took it. */
export function ReportPanel({
  run: { figures, loadSummary, deliveries, wholeSoFar },
}: {
  readonly run: RunDetail;
}): ReactNode {
  if (figures === null) {
    return <p className="second no-match">{wholeSoFar === null ? words.none : words.wholeSoFar(wholeSoFar)}</p>;
  }
  const { rowsPerSecond, bytesPerSecond } = figures;
  return (
    <div className="scroll report" tabIndex={0} role="region" aria-label={words.title}>
      <p className="figures">
        {tableWords(figures.tables)}
        {rowsPerSecond === null || bytesPerSecond === null ? null : (
          <span className="second"> · {words.rates(formatCount(rowsPerSecond), formatBytes(bytesPerSecond))}</span>
        )}
      </p>
      <Stretches time={figures.time} />
      {loadSummary === null ? null : <Load load={loadSummary} />}
      <Delivered deliveries={deliveries.filter(({ volume }) => volume !== null)} />
      {figures.slowest.length < 2 ? null : <Slowest tables={figures.slowest} />}
    </div>
  );
}

function Load({ load }: { readonly load: LoadSummary }): ReactNode {
  const lines = loadLines(load);
  if (lines.length === 0) return null;
  return (
    <>
      <h3 className="label">{words.load}</h3>
      {lines.map((line) => (
        <p key={line} className="figures">
          {line}
        </p>
      ))}
    </>
  );
}

function tableWords({ complete, unproven, failed, notReached, kept }: RunFigures['tables']): string {
  const parts = [
    [complete, words.complete],
    [unproven, words.unproven],
    [failed, words.failed],
    [notReached, words.notReached],
    [kept, words.kept],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, say]) => say(formatCount(count)));
  return said.length === 0 ? words.noTable : said.join(', ');
}

/** Only what was measured: a stretch that the run did not come to is not there. */
function Stretches({ time }: { readonly time: RunFigures['time'] }): ReactNode {
  const all = [
    [words.queued, time.queuedMs],
    [words.opening, time.openingMs],
    [words.waiting, time.waitingMs],
    [words.writing, time.writingMs],
    [words.checking, time.checkingMs],
    [words.sealing, time.sealingMs],
    [words.paused, time.pausedMs],
  ] as const;
  const measured = all.flatMap(([title, took]) => (took === null ? [] : [{ title, took }]));
  if (measured.length === 0) return null;
  const whole = Math.max(
    1,
    measured.reduce((sum, { took }) => sum + took, 0),
  );
  return (
    <table className="plain">
      <caption className="label">{words.time}</caption>
      <tbody>
        {measured.map(({ title, took }) => (
          <tr key={title}>
            <th scope="row" className="stretch">
              {title}
            </th>
            <td>
              <Bar value={took / whole} width={120} />
            </td>
            <td className="right figures" style={NUMBER_WIDTH}>
              {formatDuration(took)}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** What arrived where, and how quick. */
function Delivered({ deliveries }: { readonly deliveries: RunDetail['deliveries'] }): ReactNode {
  if (deliveries.length === 0) return null;
  return (
    <>
      <h3 className="label">{words.deliveries}</h3>
      {deliveries.map(({ target, path, state, volume }) =>
        volume === null ? null : (
          <p key={`${target}/${path}`} className="figures">
            {words.delivered(target, volume)} · {text.targets.state[state]}
          </p>
        ),
      )}
    </>
  );
}

function Slowest({ tables }: { readonly tables: RunFigures['slowest'] }): ReactNode {
  const heads = [text.runs.took, text.runs.rowsEachSecond, words.bytesEachSecond];
  return (
    <table className="plain">
      <caption className="label">{words.slowest}</caption>
      <thead>
        <tr>
          <th scope="col">{text.runs.table}</th>
          {heads.map((head) => (
            <th key={head} scope="col" className="right" style={NUMBER_WIDTH}>
              {head}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tables.map(({ name, elapsedMs, rowsPerSecond, bytesPerSecond }) => (
          <tr key={name}>
            <td>
              <MiddleEllipsis text={name} />
            </td>
            <td className="right figures">{formatDuration(elapsedMs)}</td>
            <td className="right figures">{rowsPerSecond === null ? '' : formatShortCount(rowsPerSecond)}</td>
            <td className="right figures">{bytesPerSecond === null ? '' : formatBytes(bytesPerSecond)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
