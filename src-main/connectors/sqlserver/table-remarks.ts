import type { TableKind, Withheld } from '../../../src-shared/model/catalog.ts';
import type { TableParts } from './gather-tables.ts';
import type { TextRow } from './text-row.ts';

const HISTORY = '1';
const VERSIONED = '2';

/** A row of the list of tables: what kind of table it is. */
export function kindOf(row: TextRow): TableKind {
  const [, , , type, , external, , partitioned] = row;
  if (type === 'V') return 'view';
  if (external === '1') return 'foreign table';
  return partitioned === '1' ? 'partitioned table' : 'table';
}

/** What this login is not shown of it. */
export function withheldOf(row: TextRow, { masked }: TableParts): Withheld[] {
  const filtered = row[8];
  return [
    ...(filtered === '1' ? [{ words: 'Row security is in force: this login may see only some of the rows.' }] : []),
    ...(masked.length > 0
      ? [
          {
            words: `The server masks ${masked.join(', ')} for this login: what is read is not what is stored.`,
            columns: masked,
          },
        ]
      : []),
  ];
}

/** What an operator should know before reading it, in words. */
export function remarksOf(row: TextRow, own: TableParts): string[] {
  const [, , , , temporal, external, memory, , , readable] = row;
  const remarks: string[] = withheldOf(row, own).map(({ words }) => words);
  if (readable !== '1') remarks.push('This login has no right to read all of it.');
  if (temporal === VERSIONED) remarks.push('Only the current rows are read, not their history.');
  if (temporal === HISTORY) remarks.push('It holds the history of another table.');
  if (external === '1') remarks.push('An external table: its rows lie outside this database and outside any snapshot.');
  if (memory === '1') remarks.push('A memory-optimised table: it takes no part in a snapshot with others.');
  return remarks;
}
