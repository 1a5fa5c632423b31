import type { ReactNode } from 'react';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';
import type { StepProps } from '../plan-editor.ts';

const words = text.planPackage;

/** Files of tables that are named here; of more, only the number is told. */
const NAMED_TABLES = 200;

/** Everything that the package will hold, in its folder. */
export function PackageFiles({ editor: { compiled, plan, exact } }: StepProps): ReactNode {
  if (compiled === null) return null;
  const { tables, papers, folder } = compiled;
  const named = tables.slice(0, NAMED_TABLES);
  return (
    <section className="package-files" aria-label={words.filesLabel}>
      <SectionHead title={words.files}>
        <span className="faint figures">
          {words.filesCount(tables.length + papers.length, plan.package?.chunk !== undefined)}
        </span>
      </SectionHead>
      {/* It scrolls, so it is reached by keyboard. */}
      <div className="scroll grow" tabIndex={0}>
        <dl className="facts package-folder">
          <dt>{words.folder}</dt>
          <dd>
            <span className="data">
              <MiddleEllipsis text={`${folder}/${plan.name}-…/`} />
            </span>
            <span className="small faint">{words.folderHint}</span>
          </dd>
        </dl>
        <ul className="package-list">
          {named.map((table) => (
            <li key={table.name}>
              <span className="data">
                <MiddleEllipsis text={table.file} />
              </span>
              <span className="small faint figures">{words.rows(table.rows, exact.of(table)?.rows ?? null)}</span>
            </li>
          ))}
          {tables.length > named.length ? (
            <li className="second more-tables">{words.moreTables(tables.length - named.length)}</li>
          ) : null}
          {papers.map((paper) => (
            <li key={paper}>
              <span className="data">{paper}</span>
              <span className="small faint">{words.papers[paper]}</span>
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
