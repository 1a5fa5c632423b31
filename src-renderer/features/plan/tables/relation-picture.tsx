import {
  BaseEdge,
  getSmoothStepPath,
  Handle,
  Position,
  ReactFlow,
  type Edge,
  type EdgeProps,
  type Node,
  type NodeProps,
  type ReactFlowInstance,
} from '@xyflow/react';
import { createContext, useContext, useEffect, useMemo, useRef, type ReactNode } from 'react';
import '@xyflow/react/dist/base.css';
import type { TablePair } from '../../../../src-shared/contract/parts.ts';
import { MiddleEllipsis } from '../../../components/middle-ellipsis.tsx';
import { tableKey } from '../../../state/selection.ts';
import { useWorkbench } from '../../../state/workbench.ts';
import { text } from '../../../text/text.ts';
import { BOX, layOutRelations, type PlacedTable, type Relation, type RelationTable } from './relation-layout.ts';
import { seenText } from '../../../text/seen-text.ts';

type TableNode = Node<{ readonly placed: PlacedTable; readonly onPress: (placed: PlacedTable) => void }, 'table'>;

/** What is known of the rows of each table. Not in the boxes: those are drawn a moment later than the rest of the screen. */
const Rows = createContext<ReadonlyMap<string, string>>(new Map());

const FIT = { maxZoom: 1, padding: 0.06 };
const NODE_TYPES = { table: TableBox };
const EDGE_TYPES = { line: Line };
/** Pixels from the last turn of a line to its right end. */
const TURN = 28;

/** Ticked tables and, dashed, their neighbours; a press on a neighbour adds it. */
export function RelationPicture({
  tables,
  relations,
  onAdd,
}: {
  readonly tables: readonly RelationTable[];
  readonly relations: readonly Relation[];
  readonly onAdd: (table: TablePair) => void;
}): ReactNode {
  const chooseTable = useWorkbench((state) => state.chooseTable);
  const { nodes, edges } = useMemo(() => drawn(tables, relations), [tables, relations]);
  const rows = useMemo(() => new Map(tables.map((table) => [tableKey(table.table), wordsOf(table)])), [tables]);
  const onPress = (placed: PlacedTable): void => (placed.inPlan ? chooseTable(placed.table) : onAdd(placed.table));
  const box = useRef<HTMLDivElement>(null);
  const flow = useRef<ReactFlowInstance<TableNode> | null>(null);
  useEffect(() => {
    const observer = new ResizeObserver(() => void flow.current?.fitView(FIT));
    if (box.current !== null) observer.observe(box.current);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={box} className="grow relation-picture">
      <Rows value={rows}>
        <ReactFlow
          onInit={(instance) => {
            flow.current = instance;
          }}
          // Fitted anew when other tables are there.
          key={nodes.map(({ id }) => id).join()}
          nodes={nodes.map((node) => ({ ...node, data: { ...node.data, onPress } }))}
          edges={edges}
          nodeTypes={NODE_TYPES}
          edgeTypes={EDGE_TYPES}
          fitView
          fitViewOptions={FIT}
          minZoom={0.3}
          maxZoom={1.5}
          nodesDraggable={false}
          nodesConnectable={false}
          nodesFocusable={false}
          edgesFocusable={false}
          elementsSelectable={false}
          zoomOnScroll={false}
          preventScrolling={false}
          proOptions={{ hideAttribution: true }}
          aria-label={text.plan.relations.title}
        />
      </Rows>
    </div>
  );
}

function drawn(
  tables: readonly RelationTable[],
  relations: readonly Relation[],
): { nodes: TableNode[]; edges: Edge[] } {
  const placed = layOutRelations(tables, relations);
  const known = new Map(placed.map((table) => [table.key, table]));
  const nodes = placed.map((table): TableNode => ({
    id: table.key,
    type: 'table',
    position: { x: table.x, y: table.y },
    data: { placed: table, onPress: () => undefined },
    width: BOX.width,
    height: BOX.height,
  }));
  const edges = relations.flatMap(({ from, to }, index): Edge[] => {
    const [source, target] = [known.get(tableKey(to)), known.get(tableKey(from))];
    if (source === undefined || target === undefined || source === target) return [];
    const dashed = !source.inPlan || !target.inPlan;
    return [
      {
        id: String(index),
        source: source.key,
        target: target.key,
        type: 'line',
        style: { stroke: 'var(--line-control)', strokeWidth: 1, ...(dashed ? { strokeDasharray: '3 3' } : {}) },
      },
    ];
  });
  return { nodes, edges };
}

function wordsOf(table: RelationTable): string {
  return table.isComing ? text.everywhere.counting : text.plan.relations.rows(table);
}

function TableBox({ data: { placed, onPress } }: NodeProps<TableNode>): ReactNode {
  const [namespace, name] = placed.table;
  const rows = useContext(Rows).get(placed.key);
  return (
    <>
      <Handle type="target" position={Position.Left} className="relation-end" isConnectable={false} />
      <button
        type="button"
        className={placed.inPlan ? 'relation-box in-plan nopan' : 'relation-box nopan'}
        title={seenText(placed.inPlan ? `${namespace}.${name}` : text.plan.relations.addTable(`${namespace}.${name}`))}
        onClick={() => onPress(placed)}
      >
        <span className="relation-name">
          <MiddleEllipsis text={name} />
        </span>
        <small>{rows}</small>
        {placed.inPlan ? null : (
          <span className="visually-hidden">{text.plan.relations.addTable(`${namespace}.${name}`)}</span>
        )}
      </button>
      <Handle type="source" position={Position.Right} className="relation-end" isConnectable={false} />
    </>
  );
}

/** Level with its left end up to just before the right one. */
function Line({ sourceX, sourceY, targetX, targetY, style = {} }: EdgeProps): ReactNode {
  const [path] = getSmoothStepPath({
    ...{ sourceX, sourceY, targetX, targetY, sourcePosition: Position.Right, targetPosition: Position.Left },
    centerX: targetX - TURN,
    borderRadius: 3,
  });
  return <BaseEdge path={path} style={style} interactionWidth={0} />;
}
