import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import type { CompiledTableFacts } from '../../../../src-shared/contract/plans.ts';
import { GraphIcon, InfoIcon, ListIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { Segmented } from '../../../components/segmented.tsx';
import { ErrorState } from '../../../components/states.tsx';
import { useAnswer } from '../../../rpc/core-context.tsx';
import { ByTable } from '../../../state/by-table.ts';
import { text } from '../../../text/text.ts';
import type { PlanEditorState } from '../plan-editor.ts';
import { tablesToDraw, type RelationFact, type RelationTable } from './relation-layout.ts';
import { RelationList } from './relation-list.tsx';
import { seenText } from '../../../text/seen-text.ts';

const words = text.plan.relations;

// The drawing library is large and needed here alone.
const RelationPicture = lazy(async () => ({ default: (await import('./relation-picture.tsx')).RelationPicture }));

/** More tables than this are no picture any more. */
const PICTURE_MAX = 60;
const ASKED_MAX = 1000;

/** How the tables of the plan hang together, and what they point to outside of it. */
export function Relationships({ editor }: { readonly editor: PlanEditorState }): ReactNode {
  const [view, setView] = useState<'picture' | 'list' | null>(null);
  const { relations, all, inPlan, error, isRead } = useRelations(editor);
  const { shown, hidden } = useMemo(() => tablesToDraw(all, relations), [all, relations]);
  const isPicture = (view ?? (shown.length > PICTURE_MAX ? 'list' : 'picture')) === 'picture';
  const add = ([namespace, name]: TablePair): void =>
    editor.edit({ kind: 'table', table: { namespace, name }, chosen: true });
  return (
    <>
      <SectionHead
        title={words.title}
        over
        actions={<ViewChoice value={isPicture ? 'picture' : 'list'} onChange={setView} />}
      >
        <span className="faint ellipsis">{words.hint}</span>
      </SectionHead>
      {error === null ? null : <ErrorState error={error} />}
      {isRead && relations.length === 0 ? <p className="second relation-note">{words.none}</p> : null}
      {isPicture && relations.length > 0 ? (
        <>
          <Suspense fallback={<div className="grow" />}>
            <RelationPicture tables={shown} relations={relations} onAdd={add} />
          </Suspense>
          <PictureNotes relations={relations} inPlan={inPlan} hidden={hidden} />
        </>
      ) : null}
      {!isPicture && relations.length > 0 ? <RelationList relations={relations} inPlan={inPlan} onAdd={add} /> : null}
    </>
  );
}

function ViewChoice({
  value,
  onChange,
}: {
  readonly value: 'picture' | 'list';
  readonly onChange: (view: 'picture' | 'list') => void;
}): ReactNode {
  const title = (icon: ReactNode, name: string): ReactNode => (
    <>
      {icon}
      {name}
    </>
  );
  return (
    <Segmented
      label={words.view}
      value={value}
      onChange={onChange}
      items={[
        { id: 'picture', title: title(<GraphIcon size={14} />, words.picture) },
        { id: 'list', title: title(<ListIcon size={14} />, words.list) },
      ]}
    />
  );
}

interface Relations {
  readonly relations: readonly RelationFact[];
  readonly all: readonly RelationTable[];
  readonly inPlan: ByTable<CompiledTableFacts>;
  readonly error: unknown;
  readonly isRead: boolean;
}

const NONE: readonly RelationFact[] = [];

function useRelations(editor: PlanEditorState): Relations {
  const { compiled, exact, plan } = editor;
  const { connection } = plan;
  const tables = useMemo(() => (compiled?.tables ?? []).filter(({ query }) => query === null), [compiled]);
  const asked = useMemo(() => tables.slice(0, ASKED_MAX).map(({ table }) => table), [tables]);
  const { data, error } = useAnswer(
    ['catalog', 'relations', connection, asked],
    (core, signal) => core.catalog.relations({ connection, tables: asked }, { signal }),
    { enabled: tables.length > 0, keepLast: true },
  );
  const inPlan = useMemo(() => new ByTable(tables.map((one) => [one.table, one] as const)), [tables]);
  const all = useMemo(
    () =>
      (data?.tables ?? []).map(({ table, rows }): RelationTable => {
        const facts = inPlan.get(table);
        const counted = facts === undefined ? null : exact.of(facts);
        const isComing = facts !== undefined && exact.isComing(facts);
        const known = { rows: counted?.rows ?? rows, isExact: counted !== null };
        return { table, ...known, isComing, inPlan: facts !== undefined };
      }),
    [exact, data, inPlan],
  );
  return { relations: data?.relations ?? NONE, all, inPlan, error, isRead: data !== undefined };
}

function PictureNotes({
  relations,
  inPlan,
  hidden,
}: {
  readonly relations: readonly RelationFact[];
  readonly inPlan: ByTable<CompiledTableFacts>;
  readonly hidden: number;
}): ReactNode {
  const out = relations.find(({ from, to }) => inPlan.get(from) !== undefined && inPlan.get(to) === undefined);
  const said = [
    ...(out === undefined ? [] : [words.pointsOut(`${out.from[1]}.${out.columns.join(', ')}`, out.to[1])]),
    ...(hidden === 0 ? [] : [words.hidden(hidden)]),
  ];
  return said.map(seenText).map((sentence) => (
    <p key={sentence} className="row second relation-note">
      <InfoIcon size={14} className="faint" />
      <span className="ellipsis" title={sentence}>
        {sentence}
      </span>
    </p>
  ));
}
