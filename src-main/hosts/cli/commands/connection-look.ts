import { openConnection } from '../../../app/connections.ts';
import { listConnections, type ListedConnection } from '../../../app/list-connections.ts';
import type { ServerFacts } from '../../../ports/connector.ts';
import type { Command } from '../command.ts';
import { fitTable } from '../fit-table.ts';
import { optionLines, optionText } from '../option-lines.ts';
import { layOutTable } from '../output.ts';

export const listCommand: Command = {
  path: ['connection', 'list'],
  summary:
    'Lists the saved connections: where they lead, through which SSH server, how they are encrypted, where the password is. No secrets.',
  usage: '',
  positionals: { min: 0, max: 0 },
  flags: {},
  example: 'waybill connection list',
  run: async ({ core, output }) => {
    const connections = await listConnections(await core());
    output.result({ connections }, () => {
      if (connections.length === 0) {
        output.line('There are no connections yet. Add one: waybill connection add --help');
        return;
      }
      const head = ['NAME', 'CONNECTOR', 'USER', 'TLS', 'PASSWORD', ''];
      const [first = '', ...lines] = layOutTable([head, ...connections.map(cellsOf)]);
      output.line(first);
      for (const [index, line] of lines.entries()) {
        output.line(line);
        const { options = {}, tunnel = null } = connections[index] ?? {};
        for (const part of optionLines(options, ['user', 'tls'])) output.line(part);
        for (const part of throughLines(tunnel)) output.line(part);
      }
    });
    return 0;
  },
};

function throughLines(tunnel: ListedConnection['tunnel']): string[] {
  if (tunnel === null) return [];
  const { hostKey, jumpHostKeys, key, agent } = tunnel.options;
  const [secret] = tunnel.secrets;
  const login =
    key !== undefined ? `key ${optionText(key)}` : agent === true ? 'the SSH agent' : (secret ?? 'no secret');
  return optionLines({
    through: `${tunnel.through} with ${login}`,
    'host key': hostKey,
    'jump host keys': jumpHostKeys,
  });
}

function cellsOf({ name, connector, options, tls, production, secret }: ListedConnection): string[] {
  const password = tls === null ? '-' : (secret ?? 'none');
  return [name, connector, optionText(options['user']) || '-', tls ?? '-', password, production ? 'PRODUCTION' : ''];
}

export const testCommand: Command = {
  path: ['connection', 'test'],
  summary: 'Connects and says what it found: version, encryption, tunnel, latency, rights.',
  usage: 'NAME',
  positionals: { min: 1, max: 1 },
  flags: {},
  example: 'waybill connection test shop',
  run: async ({ core, output, positionals, signal }) => {
    const name = positionals[0] ?? '';
    await using open = await openConnection(await core(), name, { signal });
    const facts = await open.session.facts(signal);
    const latencyMs = Math.round(facts.latencyMs * 10) / 10;
    const { tunnel } = open;
    output.result({ connection: name, ...facts, latencyMs, production: open.record.production, tunnel }, () => {
      const isNetwork = open.connector.traits.network;
      const lines = [
        ['server', `${facts.product} ${facts.version}`],
        ...(isNetwork ? wireLines(facts) : [['file', facts.database]]),
        ...(tunnel === null
          ? []
          : [
              ['through', tunnel.through],
              ['host key', `${tunnel.hostKey} (as pinned)`],
            ]),
        ...(isNetwork ? [['latency', `${latencyMs.toFixed(1)} ms`]] : []),
        ['read-only', facts.readOnly],
        ...(isNetwork || facts.missingPrivileges.length > 0 ? rightsLines(facts.missingPrivileges) : []),
        ...(facts.notes ?? []).map((note, index) => [index === 0 ? 'rests on' : '', note]),
        ...(open.record.production ? [['marked as', 'production']] : []),
      ];
      for (const line of fitTable(lines)) output.line(line);
    });
    return 0;
  },
};

/** Who has logged in where, and what protects the way: nothing of which a file has. */
function wireLines({ user, database, tls }: ServerFacts): string[][] {
  const encryption =
    tls === null
      ? 'none'
      : `${tls.version} ${tls.cipher}, ${tls.verified ? 'certificate verified' : 'certificate NOT verified'}`;
  return [
    ['login', `${user || '-'} on ${database}`],
    ['encryption', encryption],
  ];
}

/** One line for each right that is missing, with what follows from it. */
function rightsLines(missing: readonly string[]): string[][] {
  if (missing.length === 0) return [['missing rights', 'none: what the login sees, it may read']];
  return missing.map((right, index) => [
    index === 0 ? 'missing rights' : '',
    `${right}; what it covers cannot be exported with this login`,
  ]);
}
