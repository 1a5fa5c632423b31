// `verify` reads what strangers hand over. Whatever lies in the folder: a verdict, soon, and nothing outside it is opened,
// which strace sees where the system lets us.
import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { TempFolder } from '../../fakes/temp-folder.ts';
import { Desk } from './driver.ts';
import type { RunResult, VerifyDocument } from './results.ts';

const SECRET = 'outside-secret';
/** Far more than any verdict takes; a pipe or a device would take for ever. */
const LIMIT_MS = 120_000;
const canTrace = spawnSync('strace', ['-f', '--seccomp-bpf', '-o', '/dev/null', '/bin/true']).status === 0;

let desk: Desk;
let genuine: string;
/** Lies beside the package, and is what hostile paths lead to. */
let outside: string;
const servers: Server[] = [];
let counter = 0;
let lastOpened: readonly string[] = [];

beforeAll(async () => {
  desk = new Desk();
  desk.write(
    'plan.yaml',
    `waybill: 1
name: sample
purpose: test
connection: sample
tables: [{ table: main.products, columns: [id] }]
format: { type: csv }
`,
  );
  genuine = (await desk.json<RunResult>(['run', 'plan.yaml', '--accept-catalog', '--out', 'out'])).package;
  mkdirSync(desk.path(SECRET));
  outside = desk.path(SECRET, 'file.csv');
  writeFileSync(outside, 'id\r\n1\r\n');
});
afterAll(() => {
  for (const server of servers) server.close();
  desk[Symbol.dispose]();
});

function canMakeDevices(): boolean {
  using folder = new TempFolder();
  return spawnSync('mknod', [folder.join('null'), 'c', '1', '3']).status === 0;
}

/** The paths that a command and its threads opened, successfully or not. */
function openedIn(trace: string): string[] {
  return [...trace.matchAll(/\bopen(?:at|at2)?\((?:AT_FDCWD, |\d+(?:<[^>]*>)?, )?"((?:[^"\\]|\\.)*)"/g)].map(
    (match) => match[1] ?? '',
  );
}

interface Verified extends VerifyDocument {
  readonly code: number | null;
  readonly opened: readonly string[];
}

async function verify(folder: string): Promise<Verified> {
  const trace = desk.path('trace');
  const under = canTrace
    ? ['strace', '-f', '--seccomp-bpf', '-qq', '-s', '4096', '-o', trace, '-e', 'trace=open,openat']
    : [];
  const { code, json, stderr } = await desk.run(['verify', folder, '--json'], { under });
  expect([stderr, json]).toEqual([expect.any(String), expect.objectContaining({ kind: expect.any(String) as string })]);
  const opened = canTrace ? openedIn(readFileSync(trace, 'utf8')) : [];
  if (canTrace) expect(opened.length).toBeGreaterThan(10);
  return { ...(json as VerifyDocument), code, opened };
}

/** Gives the first resource of the descriptor another path. */
function named(folder: string, path: string): void {
  const file = join(folder, 'datapackage.json');
  const descriptor = JSON.parse(readFileSync(file, 'utf8')) as { resources: { path: unknown }[] };
  for (const resource of descriptor.resources.slice(0, 1)) resource.path = path;
  writeFileSync(file, JSON.stringify(descriptor));
}

function replaced(path: string, make: (path: string) => void): void {
  rmSync(path);
  make(path);
}

interface Case {
  readonly what: string;
  /** What is found, among other things. */
  readonly finding: string;
  readonly change: (folder: string) => void;
  /** A path in the folder that must not even be opened. */
  readonly closed?: string;
}

const TABLE = 'data/main.products.csv';
const FAR: readonly string[] = ['/etc/hostname', '../../../outside-secret/file.csv', 'data/../../x', 'C:\\x', ''];

const CASES: readonly Case[] = [
  {
    what: 'a link out of it in place of a table',
    finding: 'PATH_LINK',
    closed: TABLE,
    change: (folder) => replaced(join(folder, TABLE), (path) => symlinkSync(outside, path)),
  },
  {
    what: 'a link in place of the list of checksums',
    finding: 'PATH_LINK',
    closed: 'SHA256SUMS',
    change: (folder) => replaced(join(folder, 'SHA256SUMS'), (path) => symlinkSync(outside, path)),
  },
  {
    what: 'a link in place of the folder of its data',
    finding: 'PATH_LINK',
    closed: TABLE,
    change: (folder) => {
      rmSync(join(folder, 'data'), { recursive: true });
      symlinkSync(desk.path(SECRET), join(folder, 'data'));
    },
  },
  {
    what: 'a link to itself',
    finding: 'PATH_LINK',
    closed: 'data/loop',
    change: (folder) => symlinkSync('.', join(folder, 'data', 'loop')),
  },
  {
    what: 'a pipe that nobody writes to',
    finding: 'PATH_SPECIAL',
    closed: TABLE,
    change: (folder) => replaced(join(folder, TABLE), (path) => execFileSync('mkfifo', [path])),
  },
  {
    what: 'a socket',
    finding: 'PATH_SPECIAL',
    closed: 'data/socket',
    change: (folder) => {
      // A socket's path must be short when it is made, not later.
      servers.push(createServer().listen(desk.path('s')));
      renameSync(desk.path('s'), join(folder, 'data', 'socket'));
    },
  },
  ...(canMakeDevices()
    ? [
        {
          what: 'a device that never ends',
          finding: 'PATH_SPECIAL',
          closed: TABLE,
          change: (folder: string) =>
            replaced(join(folder, TABLE), (path) => execFileSync('mknod', [path, 'c', '1', '5'])),
        },
      ]
    : []),
  ...FAR.map((path) => ({
    what: `the checksum of ${path || 'nothing'}`,
    finding: 'SUMS_INVALID',
    change: (folder: string) => appendFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ${path}\n`),
  })),
  ...FAR.map((path) => ({
    what: `a descriptor that names ${path || 'nothing'}`,
    finding: 'DESCRIPTOR_INVALID',
    change: (folder: string) => named(folder, path),
  })),
  {
    what: 'a name that is not UTF-8',
    finding: 'PATH_SPECIAL',
    change: (folder) => writeFileSync(Buffer.concat([Buffer.from(`${folder}/data/`), Buffer.from([0xff, 0xfe])]), 'x'),
  },
  {
    what: 'a name that moves the cursor',
    finding: 'PATH_UNSAFE',
    closed: '\\33[2J',
    change: (folder) => writeFileSync(join(folder, 'data', '\u001b[2J'), 'x'),
  },
  {
    what: 'a ledger entry of 65,536 bytes in one line',
    finding: 'FILE_OVERSIZE',
    change: (folder) => writeFileSync(join(folder, 'ledger-entry.json'), `{"id":"${'x'.repeat(65_527)}"}`),
  },
  {
    what: 'a checksum in a line of 65,536 bytes',
    finding: 'SUMS_MISMATCH',
    change: (folder) => writeFileSync(join(folder, 'SHA256SUMS'), `${'0'.repeat(64)}  ${'x'.repeat(65_469)}\n`),
  },
  {
    what: 'a key of a gibibyte',
    finding: 'FILE_OVERSIZE',
    change: (folder) => truncateSync(join(folder, 'delivery.vkey'), 1024 ** 3),
  },
  {
    what: 'ten thousand files more',
    finding: 'FILE_EXTRA',
    change: (folder) => {
      for (let n = 0; n < 10_000; n++) writeFileSync(join(folder, 'data', `extra-${n}`), '');
    },
  },
];

describe('a folder that means harm', () => {
  it('is an honest package before', { timeout: LIMIT_MS }, async () => {
    const { verdict, code, opened } = await verify(genuine);
    expect([verdict, code]).toEqual(['CONSISTENT, NOT ANCHORED', 0]);
    if (canTrace) expect(opened).toContain(join(genuine, TABLE));
  });

  it.each(CASES)(
    'with $what is BROKEN, and opens no door',
    { timeout: LIMIT_MS },
    async ({ change, finding, closed }) => {
      counter += 1;
      const folder = desk.path(`hostile-${counter}`, basename(genuine));
      cpSync(genuine, folder, { recursive: true });
      change(folder);
      expectBroken(await verify(folder), finding);
      if (closed === undefined) return;
      expect(lastOpened.filter((path) => path.endsWith(`/${closed}`))).toEqual([]);
    },
  );

  it('is a ledger with a line of 65,536 bytes, or one whose checkpoint is a link', { timeout: LIMIT_MS }, async () => {
    const long = desk.path('long-ledger');
    cpSync(desk.ledger(), long, { recursive: true });
    const entries = readFileSync(join(long, 'entries.jsonl'));
    writeFileSync(join(long, 'entries.jsonl'), Buffer.concat([Buffer.from(`${'x'.repeat(65_536)}\n`), entries]));
    expectBroken(await verify(long), 'ENTRY_INVALID');
    const linked = desk.path('linked-ledger');
    cpSync(desk.ledger(), linked, { recursive: true });
    replaced(join(linked, 'checkpoint'), (path) => symlinkSync(outside, path));
    expectBroken(await verify(linked), 'PATH_LINK');
  });

  it('is a bundle whose manifest leads out of it', { timeout: LIMIT_MS }, async () => {
    await desk.json(['ledger', 'bundle', '--out', 'bundle']);
    const manifest = desk.path('bundle', 'manifest-sha256.txt');
    const honest = readFileSync(manifest, 'utf8');
    for (const path of FAR) {
      writeFileSync(manifest, `${honest}${'0'.repeat(64)}  ${path}\n`);
      expectBroken(await verify(desk.path('bundle')), 'BAG_INVALID');
    }
  });

  it('moves no cursor of whoever reads the verdict', { timeout: LIMIT_MS }, async () => {
    const folder = desk.path('escapes', basename(genuine));
    cpSync(genuine, folder, { recursive: true });
    writeFileSync(join(folder, 'data', '\u001b[2J\u202e'), 'x');
    const { code, stdout } = await desk.run(['verify', folder]);
    expect([code, stdout]).toEqual([9, expect.stringContaining('\\u{1b}[2J\\u{202e}')]);
    expect(stdout).not.toMatch(/[\u001b\u202e]/);
  });
});

function expectBroken({ verdict, code, findings, opened }: Verified, finding: string): void {
  expect([verdict, code, findings.map((each) => each.code)]).toEqual(['BROKEN', 9, expect.arrayContaining([finding])]);
  lastOpened = opened;
  expect(opened.filter((path) => path.includes(SECRET) || path === '/etc/hostname')).toEqual([]);
}
