import { counted } from '../../../src-shared/util/format-number.ts';

export const planPackage = {
  title: 'Package',
  settingsLabel: 'Settings of the package',
  folder: 'Folder',
  folderHint: 'A folder of its own for each run, made in this place unless the run is given another.',
  mode: 'Who may read the package',
  modeHint: 'The mode of each file; folders get x beside each r. It is set when the package is whole.',
  modeWindows: 'Windows has no such modes: here nothing happens.',
  modes: {
    '0600': 'only you',
    '0640': 'you, and your group',
    '0660': 'you, and your group, which may write',
    '0604': 'you, and all but your group',
    '0644': 'everybody',
    '0664': 'everybody, and your group may write',
  } as Readonly<Record<string, string>>,
  value: (mode: string | null, disclosed: number) =>
    `folder${mode === null ? '' : ` · ${mode}`}${disclosed === 0 ? '' : ' · discloses'}`,
  disclose: 'What the package tells of its source',
  discloseHint: 'Unless ticked, it names no host, database user, SQL, literal or local path.',
  source: 'Source',
  sourceHint: 'Product, version, host, database and user, in datapackage.json.',
  sql: 'SQL',
  sqlHint: 'The statement of each table as it ran, with its values, in datapackage.json.',
  lacks: (features: string) => `This version does not have: ${features}.`,
  lackNames: { encrypt: 'encryption' },
  compress: 'Compression',
  compressBy: { none: 'none', gzip: 'gzip', zstd: 'zstd' },
  compressHint: {
    none: 'Files are written as the format has them.',
    gzip: 'Smaller, unpacked everywhere, and several times slower to write than zstd.',
    zstd: 'Smaller, at some cost in time. The receiver needs zstd.',
  },
  chunk: 'Parts',
  chunkHint: {
    none: 'Each table is one file.',
    rows: 'Each part has a header and stands alone; the last one holds what is left.',
    bytes: 'A part is not larger than this before compression, unless one row is longer.',
  },
  chunkBy: { none: 'one file per table', rows: 'so many rows', bytes: 'so many bytes' },
  chunkRows: 'Rows of a part',
  chunkBytes: 'Size of a part, such as 2GiB',
  lackHint: 'Files are written in clear. Protect the way they travel, or encrypt them yourself.',
  takeOut: (key: string) => `Take ${key} out of the plan`,
  files: 'Files',
  filesLabel: 'Files of the package',
  /** In parts, how many there will be is seen when they are written. */
  filesCount: (count: number, inParts: boolean) => `${counted(count, 'file')}${inParts ? ' or more' : ''}`,
  moreTables: (count: number) => `… and ${counted(count, 'more table')}`,
  rows: (estimate: number | null, exact: number | null) => {
    if (exact !== null) return `${counted(exact, 'row')}, exact`;
    return estimate === null ? '' : `~${counted(estimate, 'row')}`;
  },
  papers: {
    'ddl.sql': 'makes the tables where the package is loaded',
    'load.sql': 'loads the rows there',
    'datapackage.json': 'what each file holds: columns, types, masks, rows',
    SHA256SUMS: 'for sha256sum -c',
    'delivery.dsse.json': 'the signed statement over all of the above',
    'delivery.tlog-proof': 'proof that the ledger has this package',
    'delivery.vkey': 'the signer’s public key, to be compared',
    'ledger-entry.json': 'the ledger’s entry, word for word',
  } as Readonly<Record<string, string>>,
} as const;
