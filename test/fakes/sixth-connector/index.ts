// A product that has no SQL and no server: a folder of files, each a table. All that a connector is lies in this folder.
import { z } from 'zod';
import { appError } from '../../../src-shared/errors/app-error.ts';
import type { TableRead } from '../../../src-shared/model/table-read.ts';
import type { Connector, SqlDialect } from '../../../src-main/ports/connector.ts';
import { columnsAsBatch } from './rows.ts';
import { openTabFolder } from './session.ts';

const options = z.strictObject({ folder: z.string().min(1).meta({ title: 'Folder', flag: 'folder' }) });

const noSql = (): never => {
  throw appError('PLAN/SQL_REFUSED', {
    message: 'A folder of files is asked no questions.',
    remedy: 'Choose tables and columns, without a condition, an order or a query.',
  });
};

const words = (verb: string) => (read: TableRead) => {
  if (read.source.kind === 'query' || read.where !== null || read.orderBy.length > 0) return noSql();
  return {
    text: `${verb} ${read.source.table.name}.tab: ${read.columns.map(({ name }) => name).join(', ')}`,
    values: [],
  };
};

const dialect: SqlDialect = {
  quoteName: (name) => name,
  literal: (text) => text,
  select: words('read'),
  count: words('count'),
  grantSelect: () => null,
  parametersOf: noSql,
};

export const tabFolder: Connector<z.infer<typeof options>> = {
  id: 'tab-folder',
  title: 'Folder of tabbed files',
  traits: {
    ...{ network: false, wire: 'none', enforcesReadOnly: true, sharesSnapshots: null, url: null },
    ...{ consistencyRemark: 'Files are read one after the other.', snapshotCost: 'Nobody is held up.' },
    quoting: { nameQuote: '"', backslashEscapes: false },
  },
  options,
  dialect,
  csvProfile: {
    ...{
      id: 'tab-folder',
      title: 'Tabbed',
      delimiter: '\t',
      quote: '"',
      escape: '"',
      null: '',
      header: true,
      bom: false,
    },
    ...{ lineEnding: '\n', encoding: 'utf-8', formulaGuard: false, quoting: 'needed', booleans: ['true', 'false'] },
    ...{ timestampSeparator: 'T', utcSuffix: 'Z', bytesPrefix: '' },
  },
  batchSchema: columnsAsBatch,
  open: async ({ folder }) => openTabFolder(folder),
};
