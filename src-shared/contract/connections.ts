import { oc } from '@orpc/contract';
import { z } from 'zod';
import { optionValues, secretInput, tablePair, vaultBackend } from './parts.ts';

export const connectionColor = z.enum(['red', 'amber', 'green', 'blue', 'violet', 'grey']);

/** Names of a tunnel's secrets that are in the vault. */
const tunnelSecret = z.enum(['password', 'passphrase']);

export const tunnelFacts = z.object({
  options: optionValues,
  secrets: z.array(tunnelSecret),
  /** The server it leads through, in one line: `dba@bastion.example:22`. */
  place: z.string(),
});
export type TunnelFacts = z.infer<typeof tunnelFacts>;

export const connectionFacts = z.object({
  name: z.string(),
  connector: z.string(),
  options: optionValues,
  production: z.boolean(),
  color: connectionColor,
  /** Where its password is; null: none was given. */
  secret: vaultBackend.nullable(),
  /** Where the secret is that opens its client key or its wallet; null: none was given. */
  keySecret: vaultBackend.nullable(),
  /** Where it leads, in one line: `app_ro@db.example:5432/shop`. */
  place: z.string(),
  /** null: it is reached straight. */
  tunnel: tunnelFacts.nullable(),
  sample: z.boolean(),
  /** Another one each time that it was saved. */
  revision: z.string(),
});
export type ConnectionFacts = z.infer<typeof connectionFacts>;

export const serverFacts = z.object({
  product: z.string(),
  version: z.string(),
  user: z.string(),
  database: z.string(),
  tls: z.object({ version: z.string(), cipher: z.string(), verified: z.boolean() }).nullable(),
  latencyMs: z.number(),
  readOnly: z.enum(['enforced by the server', 'not enforced by the server']),
  missingPrivileges: z.array(z.string()),
  /** The server it was reached through, and the key that one showed; null: straight. */
  tunnel: z.object({ through: z.string(), hostKey: z.string() }).nullable(),
  /** What the session rests on beside the form: a service, a password file. */
  notes: z.array(z.string()),
  testedAt: z.string(),
});
export type ServerFactsNow = z.infer<typeof serverFacts>;

export const connectionUrl = z.object({
  connector: z.string(),
  options: z.record(z.string(), z.string()),
  password: z.string().nullable(),
  /** Parameters that mean nothing here, by name. */
  ignored: z.array(z.string()),
});
export type ConnectionUrl = z.infer<typeof connectionUrl>;

const givenTunnel = z.object({
  options: optionValues,
  /** undefined: leave what is stored; null: none. */
  password: secretInput.nullable().optional(),
  passphrase: secretInput.nullable().optional(),
});

const given = z.object({
  name: z.string(),
  connector: z.string(),
  options: optionValues,
  production: z.boolean(),
  color: connectionColor,
  /** undefined: leave what is stored; null: none. */
  password: secretInput.nullable().optional(),
  /** Opens the key of the client certificate, or the wallet; undefined and null as for the password. */
  keyPassphrase: secretInput.nullable().optional(),
  store: vaultBackend.optional(),
  /** undefined: leave it as it is; null: reach the server straight. */
  tunnel: givenTunnel.nullable().optional(),
});
export type GivenTunnel = z.infer<typeof givenTunnel>;

export const connections = {
  list: oc.output(z.array(connectionFacts)),
  /** Opens what the dialog holds, saved or not. With `name` and no password, the stored one is used. */
  probe: oc.input(given.partial({ name: true })).output(serverFacts),
  test: oc.input(z.object({ name: z.string() })).output(serverFacts),
  add: oc.input(given).output(connectionFacts),
  /** Replaces the saved connection of this name. With `store` and no password, the stored one moves there. */
  change: oc.input(given).output(connectionFacts),
  /** What a URL of a product says. The password goes back to the page that it came from, and nowhere else. */
  readUrl: oc.input(z.object({ url: z.string().max(8_192) })).output(connectionUrl),
  remove: oc.input(z.object({ name: z.string() })).output(z.object({ secretRemoved: z.boolean() })),
};

export const catalogTable = z.object({
  name: z.string(),
  kind: z.string(),
  columns: z.number(),
  /** From statistics; null when the database does not know. */
  rows: z.number().nullable(),
  bytes: z.number().nullable(),
  /** Columns that look personal. */
  suspected: z.number(),
});
export type CatalogTableFacts = z.infer<typeof catalogTable>;

/** How the server was met when its catalog was read. */
export const metSession = serverFacts.pick({ user: true, database: true, tls: true, readOnly: true });
export type MetSession = z.infer<typeof metSession>;

export const catalogSummary = z.object({
  product: z.string(),
  version: z.string(),
  readAt: z.string(),
  session: metSession,
  namespaces: z.array(z.object({ name: z.string(), tables: z.array(catalogTable) })),
});
export type CatalogSummary = z.infer<typeof catalogSummary>;

export const personal = z.object({
  class: z.string(),
  category: z.string(),
  confidence: z.string(),
  reason: z.string(),
  /** A mask to begin with, as the plan file spells it. */
  suggestion: z.looseObject({ mask: z.string() }),
});

export const tableColumn = z.object({
  name: z.string(),
  nativeType: z.string(),
  /** The logical type in words; null: it cannot be carried exactly. */
  type: z.string().nullable(),
  kind: z.enum(['text', 'number', 'time', 'binary', 'other']),
  nullable: z.boolean(),
  primaryKey: z.boolean(),
  foreignKey: z.string().nullable(),
  personal: personal.nullable(),
});
export type TableColumnFacts = z.infer<typeof tableColumn>;

export const tableDetail = z.object({
  table: tablePair,
  kind: z.string(),
  rows: z.number().nullable(),
  bytes: z.number().nullable(),
  columns: z.array(tableColumn),
  primaryKey: z.array(z.string()),
  foreignKeys: z.array(
    z.object({
      name: z.string(),
      columns: z.array(z.string()),
      references: tablePair,
      referencedColumns: z.array(z.string()),
    }),
  ),
  remarks: z.array(z.string()),
});
export type TableDetail = z.infer<typeof tableDetail>;

export const relation = z.object({
  from: tablePair,
  to: tablePair,
  name: z.string(),
  columns: z.array(z.string()),
});

const inCatalog = z.object({ connection: z.string() });

export const catalog = {
  /** Namespaces and tables; read once and kept until `refresh`. */
  summary: oc.input(inCatalog.extend({ refresh: z.boolean().optional() })).output(catalogSummary),
  table: oc.input(inCatalog.extend({ table: tablePair })).output(tableDetail),
  /** Foreign keys that touch these tables, for the relationship picture. */
  relations: oc.input(inCatalog.extend({ tables: z.array(tablePair).max(1000) })).output(
    z.object({
      tables: z.array(z.object({ table: tablePair, rows: z.number().nullable() })),
      relations: z.array(relation),
    }),
  ),
  /** Rows as they are in the source would be personal data: the explorer shows shape only, and previews go through plans. */
  search: oc
    .input(inCatalog.extend({ text: z.string().max(200), limit: z.number().int().min(1).max(200) }))
    .output(z.array(z.object({ table: tablePair, column: z.string().nullable() }))),
};
