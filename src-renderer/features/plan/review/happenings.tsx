import type { ReactNode } from 'react';
import type { ReviewState } from '../../../../src-shared/contract/plans.ts';
import { formatBytes } from '../../../../src-shared/util/format-number.ts';
import { ConnectionDot, Status } from '../../../components/marks.tsx';
import { PathField } from '../../../forms/path-field.tsx';
import { useAnswer, useFacts } from '../../../rpc/core-context.tsx';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { totalRows } from '../total-rows.ts';
import { Happening } from './happening.tsx';
import { answerReview } from './review-store.ts';
import { SqlBox } from './sql-box.tsx';
import type { Review } from './use-review.ts';
import { maskKinds } from './review-facts.ts';

const words = text.planReview;

interface SectionProps {
  readonly editor: PlanEditorState;
  readonly state: ReviewState;
}

/** Which database, and how much one moment all tables are of. */
export function SnapshotSection({ editor, state }: SectionProps): ReactNode {
  const { connectors } = useFacts();
  const { connection, plan } = editor;
  const traits = connectors.find(({ id }) => id === connection?.connector)?.traits ?? {};
  const remark = traits['consistencyRemark'];
  return (
    <Happening
      title={words.snapshot.title}
      fact={words.snapshot.fact(editor.compiled?.tables.length ?? state.tables.length)}
    >
      <p className="row">
        <ConnectionDot color={connection?.color ?? 'grey'} />
        <span className="medium ellipsis">{plan.connection}</span>
        {connection?.production === true ? <span className="tag production">{words.snapshot.production}</span> : null}
        <span className="second">
          {traits['enforcesReadOnly'] === true ? words.snapshot.enforced : words.snapshot.notEnforced}
        </span>
      </p>
      {typeof remark === 'string' ? <p className="tone-warn">{remark}</p> : null}
    </Happening>
  );
}

/** The very statements. */
export function ReadSection({ editor, state }: SectionProps): ReactNode {
  const { tables, limits } = state;
  const rows = totalRows(editor.compiled?.tables ?? [], editor.exact);
  return (
    <Happening
      title={words.read.title(tables.length === 0 ? (editor.compiled?.tables.length ?? 0) : tables.length)}
      fact={[words.read.rows(rows), ...(limits === null ? [] : [words.read.limits(limits)])].join(' · ')}
    >
      {tables.length === 0 ? <p className="second">{words.read.notYet}</p> : <SqlBox tables={tables} />}
    </Happening>
  );
}

/** How many columns each mask has, and what looks personal and has none. */
export function MaskSection({ editor, state }: SectionProps): ReactNode {
  const masks = maskKinds(state);
  // Where errors keep the statements from being made, the plan still says how many columns it masks.
  const count =
    state.tables.length === 0
      ? (editor.compiled?.summary.masked ?? 0)
      : masks.reduce((sum, { columns }) => sum + columns, 0);
  const suspected = editor.compiled?.summary.suspectedUnmasked ?? 0;
  return (
    <Happening title={words.mask.title(count)} fact={words.mask.kinds(masks)}>
      {suspected === 0 ? null : (
        <p>
          <Status tone="warn">{words.mask.unmasked(suspected)}</Status>
        </p>
      )}
    </Happening>
  );
}

/** What is written, and where to. */
export function WriteSection({ editor, review, state }: SectionProps & { readonly review: Review }): ReactNode {
  const { formats } = useFacts();
  const { path, plan } = editor;
  const format = formats.find(({ id }) => id === plan.format.type)?.title ?? plan.format.type;
  const { folder, destination } = review;
  return (
    <Happening
      title={words.write.title(state.files.length, plan.package?.chunk !== undefined)}
      fact={words.write.fact(format, plan.package?.compress)}
    >
      <p className="data second review-files">{words.write.files(state.files)}</p>
      <PathField
        label={words.write.folder}
        value={folder}
        onChange={(typed) => answerReview(path, () => ({ folder: typed }))}
        request={{ kind: 'folder', title: words.write.choose }}
        hint={
          <SpaceHint
            free={destination?.freeBytes ?? null}
            needed={state.packageBytes}
            compress={plan.package?.compress}
          />
        }
        error={folder.trim() === '' ? words.write.folderMissing : undefined}
      />
    </Happening>
  );
}

interface SpaceProps {
  readonly free: number | null;
  readonly needed: number | null;
  readonly compress: string | undefined;
}

function SpaceHint({ free, needed, compress = 'none' }: SpaceProps): ReactNode {
  const space = free === null ? words.write.freeUnknown : words.write.free(formatBytes(free));
  const size = needed === null ? words.write.sizeUnknown : words.write.size(formatBytes(needed), compress !== 'none');
  const isTight = free !== null && needed !== null && needed > free;
  return (
    <span
      className={isTight ? 'tone-bad' : 'figures'}
    >{`${space} · ${size}${isTight ? ` · ${words.write.tight}` : ''}`}</span>
  );
}

/** Where the package goes when it is whole. */
export function DeliverySection({ state }: SectionProps): ReactNode {
  const { data: targets = [] } = useAnswer(['targets', 'list'], (core, signal) =>
    core.targets.list(undefined, { signal }),
  );
  if (state.deliveries.length === 0) return <Happening title={words.deliver.none} fact={words.deliver.noneFact} />;
  return (
    <Happening title={words.deliver.title(state.deliveries.length)} fact={words.deliver.fact}>
      {state.deliveries.map(({ target, path }, index) => {
        const known = targets.find(({ name }) => name === target);
        return (
          <p key={index} className="review-files">
            <span className="medium">{target}</span> <span className="data second">{known?.place}</span>
            {path === '' ? null : <span className="data faint"> {path}</span>}
            {known?.hostKey === null || known === undefined ? null : (
              <span className="second" title={known.hostKey}>
                , {words.deliver.pinned}
              </span>
            )}
          </p>
        );
      })}
    </Happening>
  );
}
