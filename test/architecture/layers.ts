// The matrix: which room a file is in, and which rooms it may import from. A new edge is added here, with its reason in
// an ADR. Rooms that stand empty are listed too, so that the first file in them finds its rules.

const SHARED = ['shared/util', 'shared/errors', 'shared/model'];
const ADAPTER_KINDS = ['connectors', 'formats', 'masks', 'targets'];
const CORE = ['main/engine', 'main/ledger', 'main/vault', 'main/store'];
const BELOW_THE_CORE = [...SHARED, 'shared/proof', 'main/ports'];
/** What the use cases and their hosts may know of the adapters' world: nothing concrete. */
const BELOW_APP = [...BELOW_THE_CORE, 'shared/contract', ...CORE];

const EVERY_ADAPTER_ROOM = ADAPTER_KINDS.flatMap((kind) => [
  `main/${kind}/registry`,
  `main/${kind}/kit`,
  `main/${kind}/*`,
]);

/** Room → rooms it may import from. Every room may import from itself. */
export const MATRIX: Readonly<Record<string, readonly string[]>> = {
  'shared/util': [],
  'shared/errors': ['shared/util'],
  'shared/model': ['shared/util', 'shared/errors'],
  'shared/proof': SHARED,
  'shared/contract': SHARED,
  'main/ports': [...SHARED, 'shared/proof', 'shared/contract'],
  ...Object.fromEntries(ADAPTER_KINDS.flatMap(roomsOfKind)),
  'main/engine': BELOW_THE_CORE,
  'main/ledger': BELOW_THE_CORE,
  'main/vault': BELOW_THE_CORE,
  'main/store': BELOW_THE_CORE,
  // What every login over SSH shares, and the tunnel to a database: docs/adr/0012-ssh-tunnels.md.
  'main/ssh': BELOW_THE_CORE,
  'main/tunnel': [...BELOW_THE_CORE, 'main/ssh'],
  'main/app': BELOW_APP,
  'main/compose': [...BELOW_APP, 'main/app', 'main/tunnel', ...EVERY_ADAPTER_ROOM],
  ...Object.fromEntries(['cli', 'browser', 'electron'].map((id) => [`main/hosts/${id}`, hostMayImport()])),
  'renderer/main': ['renderer/rpc', 'renderer/shell', 'renderer/components'],
  'renderer/shell': [
    'shared/*',
    'renderer/rpc',
    'renderer/state',
    'renderer/text',
    'renderer/components',
    'renderer/forms',
    'renderer/features/*',
  ],
  'renderer/rpc': ['shared/*'],
  'renderer/state': ['shared/*'],
  'renderer/text': ['shared/*'],
  'renderer/components': ['shared/*', 'renderer/text'],
  'renderer/forms': ['shared/*', 'renderer/components', 'renderer/text', 'renderer/rpc'],
  'renderer/features/*': [
    'shared/*',
    'renderer/rpc',
    'renderer/state',
    'renderer/text',
    'renderer/components',
    'renderer/forms',
  ],
};

/** An adapter sees its own folder, its kind's kit, the ports and what is shared; the registry sees the adapters of its kind. */
function roomsOfKind(kind: string): [string, readonly string[]][] {
  return [
    [`main/${kind}/kit`, BELOW_THE_CORE],
    [`main/${kind}/*`, [...BELOW_THE_CORE, `main/${kind}/kit`, ...(kind === 'targets' ? ['main/ssh'] : [])]],
    [`main/${kind}/registry`, [...BELOW_THE_CORE, `main/${kind}/kit`, `main/${kind}/*`]],
  ];
}

function hostMayImport(): readonly string[] {
  return [...BELOW_THE_CORE, 'shared/contract', 'main/app', 'main/compose'];
}

/** The room of a file: adapters, hosts and features are a room each. null: the path belongs to no room. */
export function roomOf(path: string): string | null {
  const [top = '', second = '', third = '', ...deeper] = path.split('/');
  const tree = { 'src-shared': 'shared', 'src-main': 'main', 'src-renderer': 'renderer' }[top];
  if (tree === undefined) return null;
  if (path === 'src-shared/globals.d.ts') return 'shared/util';
  if (path === 'src-main/compose.ts' || path === 'src-main/begin-early.ts') return 'main/compose';
  if (path === 'src-renderer/main.tsx') return 'renderer/main';
  if (third === '') return null;
  const holdsRooms = ADAPTER_KINDS.includes(second) || second === 'hosts' || second === 'features';
  if (!holdsRooms) return `${tree}/${second}`;
  if (third === 'registry.ts' && deeper.length === 0) return `${tree}/${second}/registry`;
  return deeper.length === 0 ? null : `${tree}/${second}/${third}`;
}

/** Whether the matrix lets `from` import `to`. Hosts may speak of the core's types; calls go through the use cases. */
export function mayImport(from: string, to: string, typeOnly: boolean): boolean {
  if (from === to) return true;
  if (typeOnly && from.startsWith('main/hosts/') && CORE.includes(to)) return true;
  const allowed = MATRIX[from] ?? MATRIX[from.replace(/[^/]+$/, '*')];
  if (allowed === undefined) return false;
  // A kit or a registry is a room of its own, never one of "all adapters".
  const isPlain = !/\/(kit|registry)$/.test(to);
  return allowed.includes(to) || (isPlain && allowed.includes(to.replace(/[^/]+$/, '*')));
}
