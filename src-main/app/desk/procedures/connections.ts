import type { ConnectionFacts, GivenTunnel, ServerFactsNow } from '../../../../src-shared/contract/connections.ts';
import { SecretText } from '../../../../src-shared/model/secret-text.ts';
import { addConnection, changeConnection } from '../../change-connections.ts';
import type { GivenTunnel as TunnelToSave } from '../../change-tunnel.ts';
import {
  connectionRecordOf,
  openConnection,
  openUnsaved,
  storedKeyPassphrase,
  storedPassword,
  type OpenConnection,
} from '../../connections.ts';
import { readConnectionUrl } from '../../read-url.ts';
import type { ConnectionRecord } from '../../records.ts';
import { removeConnection } from '../../remove-connection.ts';
import { SAMPLE_CONNECTION } from '../../sample.ts';
import { throughOf } from '../../tunnels.ts';
import { unsavedTunnel } from '../../unsaved-tunnel.ts';
import type { Desk } from '../desk.ts';
import { procedures, signalOf } from '../procedure.ts';

export const connectionProcedures = {
  list: procedures.connections.list.handler(async ({ context: { desk } }) =>
    Object.entries(await desk.core.records.connections.read()).map(([name, record]) => factsOf(desk, name, record)),
  ),

  probe: procedures.connections.probe.handler(async ({ context: { desk }, input, signal }) => {
    const { name } = input;
    const stored = (read: typeof storedPassword) => (name === undefined ? null : read(desk.core, name));
    const given = {
      ...input,
      password: input.password === undefined ? await stored(storedPassword) : secretOf(input.password),
      keyPassphrase:
        input.keyPassphrase === undefined ? await stored(storedKeyPassphrase) : secretOf(input.keyPassphrase),
      tunnel: await unsavedTunnel(desk.core, name, tunnelOf(input.tunnel)),
    };
    const open = await openUnsaved(desk.core, given, signalOf(signal));
    await using _session = open.session;
    // Awaited here: the session ends with this function.
    return await serverFactsOf(desk, open, signalOf(signal));
  }),

  test: procedures.connections.test.handler(async ({ context: { desk }, input, signal }) => {
    await using open = await openConnection(desk.core, input.name, { signal: signalOf(signal) });
    // Awaited here: the session ends with this function.
    return await serverFactsOf(desk, open, signalOf(signal));
  }),

  add: procedures.connections.add.handler(async ({ context: { desk }, input, signal }) => {
    await addConnection(desk.core, {
      ...input,
      password: secretOf(input.password ?? null),
      keyPassphrase: secretOf(input.keyPassphrase ?? null),
      store: input.store,
      tunnel: tunnelOf(input.tunnel),
      signal: signalOf(signal),
    });
    desk.changes.touchBasis();
    return factsOf(desk, input.name, await connectionRecordOf(desk.core, input.name));
  }),

  change: procedures.connections.change.handler(async ({ context: { desk }, input, signal }) => {
    const { password, keyPassphrase } = input;
    const record = await changeConnection(desk.core, {
      ...input,
      password: password === undefined ? undefined : secretOf(password),
      keyPassphrase: keyPassphrase === undefined ? undefined : secretOf(keyPassphrase),
      store: input.store,
      tunnel: tunnelOf(input.tunnel),
      signal: signalOf(signal),
    });
    desk.catalogs.forget(input.name);
    desk.changes.touchBasis();
    return factsOf(desk, input.name, record);
  }),

  readUrl: procedures.connections.readUrl.handler(({ context: { desk }, input }) => {
    const { connector, options, password, ignored } = readConnectionUrl(desk.core, input.url);
    return { connector, options: { ...options }, password, ignored: [...ignored] };
  }),

  remove: procedures.connections.remove.handler(async ({ context: { desk }, input }) => {
    const removed = await removeConnection(desk.core, input.name);
    desk.catalogs.forget(input.name);
    desk.changes.touchBasis();
    return { secretRemoved: removed.hadSecret && removed.left.length === 0 };
  }),
};

function secretOf(typed: string | null): SecretText | null {
  return typed === null ? null : new SecretText(typed);
}

/** A tunnel as the contract gives it, with its secrets as secrets. */
function tunnelOf(given: GivenTunnel | null | undefined): TunnelToSave | null | undefined {
  if (given === undefined || given === null) return given;
  const secret = (text: string | null | undefined) => (typeof text === 'string' ? new SecretText(text) : text);
  return {
    options: given.options,
    secrets: { password: secret(given.password), passphrase: secret(given.passphrase) },
  };
}

function factsOf({ core }: Desk, name: string, record: ConnectionRecord): ConnectionFacts {
  const { tunnel } = record;
  return {
    name,
    connector: record.connector,
    options: record.options,
    production: record.production,
    color: record.color ?? (record.production ? 'red' : 'grey'),
    secret: record.secret ?? null,
    keySecret: record.keySecret ?? null,
    revision: record.revision ?? '',
    place: placeOf(record.options),
    tunnel:
      tunnel === undefined
        ? null
        : { options: tunnel.options, secrets: [...tunnel.secrets], place: throughOf(core, tunnel) },
    sample: name === SAMPLE_CONNECTION,
  };
}

/** Where a connection leads, from the options that a product has: `user@host:port/database`, or a file. */
function placeOf(options: Readonly<Record<string, unknown>>): string {
  const { user, host, socket, service, database, file } = options;
  const isHost = host !== undefined;
  const where = host ?? socket ?? service;
  const port = isHost ? options['port'] : undefined;
  const text = (value: unknown): string =>
    typeof value === 'string' || typeof value === 'number' ? String(value) : '';
  if (text(file) !== '') return text(file);
  const at = text(user) === '' ? '' : `${text(user)}@`;
  const atPort = text(port) === '' ? '' : `:${text(port)}`;
  return `${at}${text(where)}${atPort}${text(database) === '' ? '' : `/${text(database)}`}`;
}

async function serverFactsOf(
  desk: Desk,
  { session, tunnel }: Pick<OpenConnection, 'session' | 'tunnel'>,
  signal: AbortSignal,
): Promise<ServerFactsNow> {
  const facts = await session.facts(signal);
  return {
    ...facts,
    missingPrivileges: [...facts.missingPrivileges],
    tunnel,
    notes: [...(facts.notes ?? [])],
    testedAt: desk.core.clock.now().toISOString(),
  };
}
