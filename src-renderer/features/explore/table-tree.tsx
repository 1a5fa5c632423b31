import type { ReactNode } from 'react';
import { useWorkbench } from '../../state/workbench.ts';
import { text } from '../../text/text.ts';
import { pressInTree } from './press-in-tree.ts';
import { TreeFoot } from './tree-foot.tsx';
import { TreeLine } from './tree-line.tsx';
import { useTree, type Tree, type TreeSource } from './use-tree.ts';

/** Namespaces and tables. Only the lines in sight are drawn, so that 10,000 tables scroll as ten do. */
export function TableTree(source: TreeSource): ReactNode {
  const tree = useTree(source);
  const { rows, at, selection } = tree;
  const drawn = tree.lines.getVirtualItems();
  return (
    <>
      <div
        ref={tree.box}
        className="scroll grow"
        role="tree"
        aria-label={text.explore.tree}
        aria-multiselectable={selection !== null}
        tabIndex={0}
        aria-activedescendant={rows.length === 0 ? undefined : `tree-${at}`}
        onKeyDown={(event) => pressInTree(event, tree)}
      >
        <div style={{ height: tree.lines.getTotalSize(), position: 'relative' }} role="presentation">
          {/* A line that leaves becomes one that arrives: making lines anew costs twice as much. They have no state of their own. */}
          {drawn.map(({ index, start }) => (
            <LineAt key={index % drawn.length} tree={tree} index={index} top={start} />
          ))}
        </div>
        {rows.length === 0 ? (
          <p className="second" style={{ padding: 12 }}>
            {source.filter === '' ? text.explore.empty : text.explore.noMatch}
          </p>
        ) : null}
      </div>
      <TreeFoot catalog={source.catalog} selection={selection} />
    </>
  );
}

function LineAt({
  tree,
  index,
  top,
}: {
  readonly tree: Tree;
  readonly index: number;
  readonly top: number;
}): ReactNode {
  const row = tree.rows[index];
  const isSelected = useWorkbench(
    ({ table }) => row?.kind === 'table' && table?.[0] === row.namespace && table[1] === row.table.name,
  );
  if (row === undefined) return null;
  return (
    <TreeLine
      id={`tree-${index}`}
      row={row}
      top={top}
      focused={index === tree.at}
      selected={isSelected}
      selection={tree.selection}
      onShow={() => {
        tree.goTo(index);
        tree.show(row);
      }}
      onToggle={() => tree.toggle(row)}
    />
  );
}
