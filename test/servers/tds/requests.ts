// What a client asks for: batches, remote procedures, transactions. [MS-TDS] 2.2.6.6, 2.2.6.7, 2.2.6.9.
import { ByteCursor } from './bytes.ts';

export interface Parameter {
  readonly name: string;
  readonly value: string | number | bigint | boolean | null;
}

export interface RemoteCall {
  /** A number for the server's own, a name for others. */
  readonly procedure: number | string;
  readonly parameters: readonly Parameter[];
}

export const PROCEDURE = { executeSql: 10, prepare: 11, execute: 12, unprepare: 15 } as const;
export const TRANSACTION = { begin: 5, commit: 7, rollback: 8, save: 9 } as const;

/** The headers before every request hold the transaction it belongs to; gives what follows them. */
function afterHeaders(data: Buffer): ByteCursor {
  return new ByteCursor(data, data.readUInt32LE(0));
}

/** The transaction a request says it belongs to; 0: none. */
export function transactionOf(data: Buffer): bigint {
  if (data.readUInt16LE(8) !== 2) throw new Error('the request has no transaction header');
  return data.readBigUInt64LE(10);
}

export function readBatch(data: Buffer): string {
  const cursor = afterHeaders(data);
  return cursor.bytes.subarray(cursor.at).toString('utf16le');
}

export function readTransactionRequest(data: Buffer): { readonly type: number; readonly isolation: number } {
  const cursor = afterHeaders(data);
  const type = cursor.u16();
  return { type, isolation: type === TRANSACTION.begin ? cursor.u8() : 0 };
}

export function readCall(data: Buffer): RemoteCall {
  const cursor = afterHeaders(data);
  const length = cursor.u16();
  const procedure = length === 0xffff ? cursor.u16() : cursor.text(length);
  cursor.u16();
  const parameters: Parameter[] = [];
  while (!cursor.isAtEnd) {
    const name = cursor.text(cursor.u8());
    cursor.u8();
    parameters.push({ name: name.replace(/^@/, ''), value: readValue(cursor) });
  }
  return { procedure, parameters };
}

function readValue(cursor: ByteCursor): Parameter['value'] {
  const type = cursor.u8();
  switch (type) {
    case 0xe7:
    case 0xef:
      return readText(cursor);
    case 0x26:
    case 0x68:
    case 0x6d:
      cursor.u8();
      return readNumber(cursor, type);
    default:
      throw new Error(`the stand-in reads no parameter of the type 0x${type.toString(16)}`);
  }
}

function readNumber(cursor: ByteCursor, type: number): Parameter['value'] {
  const bytes = cursor.take(cursor.u8());
  if (bytes.length === 0) return null;
  if (type === 0x68) return bytes[0] !== 0;
  if (type === 0x6d) return bytes.length === 4 ? bytes.readFloatLE() : bytes.readDoubleLE();
  return bytes.length === 8 ? bytes.readBigInt64LE() : bytes.readIntLE(0, bytes.length);
}

function readText(cursor: ByteCursor): string | null {
  const longest = cursor.u16();
  cursor.take(5);
  if (longest !== 0xffff) {
    const length = cursor.u16();
    return length === 0xffff ? null : cursor.take(length).toString('utf16le');
  }
  if (cursor.u64() === 0xffffffffffffffffn) return null;
  const parts: Buffer[] = [];
  for (let size = cursor.u32(); size > 0; size = cursor.u32()) parts.push(cursor.take(size));
  return Buffer.concat(parts).toString('utf16le');
}
