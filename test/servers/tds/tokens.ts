// Tokens of an answer. [MS-TDS] 2.2.7.
import { bVarchar, u16, u32, u64, u8, usVarchar } from './bytes.ts';
import type { WireColumn } from './wire-types.ts';

export const DONE = { final: 0x00, more: 0x01, error: 0x02, count: 0x10, attention: 0x20 } as const;

const SERVER = 'STANDIN';
export const COLLATION = Buffer.from([0x09, 0x04, 0xd0, 0x00, 0x34]);

function token(type: number, body: Buffer): Buffer {
  return Buffer.concat([u8(type), u16(body.length), body]);
}

export function done(status: number, rows = 0): Buffer {
  return doneToken(0xfd, status, rows);
}

/** The end of a statement inside a procedure, and the end of the procedure. */
export const doneInProc = (status: number, rows = 0): Buffer => doneToken(0xff, status, rows);
export const doneProc = (status: number): Buffer => doneToken(0xfe, status, 0);
export const returnStatus = (value: number): Buffer => Buffer.concat([u8(0x79), u32(value)]);

function doneToken(type: number, status: number, rows: number): Buffer {
  return Buffer.concat([u8(type), u16(status), u16(0xc1), u64(rows)]);
}

export interface Notice {
  readonly number: number;
  readonly message: string;
  readonly state?: number;
  readonly severity?: number;
  readonly line?: number;
}

export const error = (notice: Notice): Buffer => noticeToken(0xaa, { severity: 16, ...notice });
export const info = (notice: Notice): Buffer => noticeToken(0xab, { severity: 0, ...notice });

function noticeToken(type: number, { number, message, state = 1, severity = 16, line = 1 }: Notice): Buffer {
  const body = [u32(number), u8(state), u8(severity), usVarchar(message), bVarchar(SERVER), bVarchar(''), u32(line)];
  return token(type, Buffer.concat(body));
}

export function loginAck(): Buffer {
  const body = [u8(1), Buffer.from([0x74, 0, 0, 4]), bVarchar('Microsoft SQL Server'), Buffer.from([16, 0, 16, 0])];
  return token(0xad, Buffer.concat(body));
}

/** The acknowledgement of features: an access token (with nothing in it), text in UTF-8. */
export function featureAck(features: readonly ('fedauth' | 'utf8')[]): Buffer {
  const parts = features.map((feature) =>
    feature === 'fedauth' ? Buffer.concat([u8(2), u32(0)]) : Buffer.concat([u8(10), u32(1), u8(1)]),
  );
  return Buffer.concat([u8(0xae), ...parts, u8(0xff)]);
}

export const sspi = (challenge: Buffer): Buffer => token(0xed, challenge);

function change(type: number, now: Buffer, before: Buffer): Buffer {
  return token(0xe3, Buffer.concat([u8(type), now, before]));
}

export const databaseChange = (now: string, before: string): Buffer => change(1, bVarchar(now), bVarchar(before));
export const packetSizeChange = (now: number, before: number): Buffer =>
  change(4, bVarchar(String(now)), bVarchar(String(before)));
export const collationChange = (): Buffer => change(7, Buffer.concat([u8(5), COLLATION]), u8(0));
const descriptor = (id: bigint): Buffer => Buffer.concat([u8(8), u64(id)]);
export const transactionBegun = (id: bigint): Buffer => change(8, descriptor(id), u8(0));
export const transactionCommitted = (id: bigint): Buffer => change(9, u8(0), descriptor(id));
export const transactionRolledBack = (id: bigint): Buffer => change(10, u8(0), descriptor(id));

/** Sends the client to another server. */
export function routing(host: string, port: number): Buffer {
  const target = Buffer.concat([u8(0), u16(port), usVarchar(host)]);
  return change(20, Buffer.concat([u16(target.length), target]), u16(0));
}

export function columnMetadata(columns: readonly WireColumn[]): Buffer {
  const each = columns.map(({ name, type, nullable = true }) =>
    Buffer.concat([u32(0), u16(nullable ? 0x09 : 0x08), type.info, bVarchar(name)]),
  );
  return Buffer.concat([u8(0x81), u16(columns.length), ...each]);
}
