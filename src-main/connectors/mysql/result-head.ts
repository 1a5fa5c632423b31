/**
 * What comes before the rows of a text result set: the number of columns, their definitions, and, without
 * CLIENT_DEPRECATE_EOF, an EOF packet.
 * https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_com_query_response_text_resultset.html
 */
import { appError } from '../../../src-shared/errors/app-error.ts';
import { malformed } from './malformed.ts';
import { PacketCursor } from './packet-cursor.ts';
import { ServerError } from './server-error.ts';

export interface WireColumn {
  readonly name: string;
  /** Protocol::ColumnType. */
  readonly type: number;
  /** Number of the collation; 63 are bytes. */
  readonly collation: number;
  readonly length: number;
  readonly flags: number;
  readonly decimals: number;
  /** MariaDB's own name of the type, where it sends one: `uuid`, `inet6`. */
  readonly extendedType: string | null;
}

/** What login agreed on, as far as it changes packets. */
export interface WireRules {
  readonly deprecateEof: boolean;
  readonly extendedMetadata: boolean;
}

export const MORE_IN_NEXT_PACKET = 0xffffff;
const HEAD_LIMIT = 16 * 1024 * 1024;

export class ResultHead {
  readonly #rules: WireRules;
  readonly #columns: WireColumn[] = [];
  #pending: Uint8Array = new Uint8Array(0);
  #expected: number | null = null;
  #sequence: number;
  #done = false;

  constructor(rules: WireRules, sequence: number) {
    this.#rules = rules;
    this.#sequence = sequence;
  }

  /** Empty: the statement gives no rows at all. Valid after {@link push} has given the rest. */
  get columns(): readonly WireColumn[] {
    return this.#columns;
  }

  /** Of the next packet. */
  get sequence(): number {
    return this.#sequence;
  }

  /** Takes bytes; gives those behind the head once it is complete, until then null. Throws `ServerError`. */
  push(chunk: Uint8Array): Uint8Array | null {
    const joined = new Uint8Array(this.#pending.length + chunk.length);
    joined.set(this.#pending);
    joined.set(chunk, this.#pending.length);
    let at = 0;
    while (!this.#done && joined.length - at >= 4) {
      const size = (joined[at] as number) | ((joined[at + 1] as number) << 8) | ((joined[at + 2] as number) << 16);
      if (size === 0 || size === MORE_IN_NEXT_PACKET || joined[at + 3] !== this.#sequence) throw malformed();
      if (joined.length - at - 4 < size) break;
      this.#sequence = (this.#sequence + 1) & 0xff;
      this.#packet(joined.subarray(at + 4, at + 4 + size));
      at += 4 + size;
    }
    if (this.#done) return joined.subarray(at);
    this.#pending = joined.subarray(at);
    if (this.#pending.length > HEAD_LIMIT) throw malformed();
    return null;
  }

  #packet(payload: Uint8Array): void {
    const first = payload[0] as number;
    if (this.#expected === null) return this.#firstPacket(payload, first);
    if (first === 0xff) throw ServerError.parse(payload);
    if (this.#columns.length < this.#expected) {
      this.#columns.push(parseColumn(payload, this.#rules.extendedMetadata));
      this.#done = this.#rules.deprecateEof && this.#columns.length === this.#expected;
      return;
    }
    if (first !== 0xfe || payload.length >= 9) throw malformed();
    this.#done = true;
  }

  #firstPacket(payload: Uint8Array, first: number): void {
    if (first === 0xff) throw ServerError.parse(payload);
    if (first === 0xfb) {
      // UNTRUSTED: a server may ask for any file of this machine in answer to any statement.
      throw appError('SOURCE/PROTOCOL', {
        message: 'The server asked for a file of this machine; nothing was sent, and the connection was closed.',
        remedy: 'Do not use this server before its administrator has explained the request.',
      });
    }
    if (first === 0x00) {
      this.#done = true;
      return;
    }
    const cursor = new PacketCursor(payload);
    this.#expected = cursor.lengthInteger();
    if (!cursor.atEnd || this.#expected === 0 || this.#expected > 0xffff) throw malformed();
  }
}

function parseColumn(payload: Uint8Array, extendedMetadata: boolean): WireColumn {
  const cursor = new PacketCursor(payload);
  for (const _ of ['catalog', 'schema', 'table', 'orgTable']) cursor.bytes();
  const name = cursor.text();
  cursor.bytes();
  const extendedType = extendedMetadata ? parseExtendedType(cursor.bytes()) : null;
  cursor.lengthInteger();
  const collation = cursor.uint(2);
  const length = cursor.uint(4);
  const type = cursor.uint(1);
  const flags = cursor.uint(2);
  return { name, type, collation, length, flags, decimals: cursor.uint(1), extendedType };
}

/** https://mariadb.com/kb/en/result-set-packets/#column-definition-packet, "extended metadata". */
function parseExtendedType(block: Uint8Array): string | null {
  const cursor = new PacketCursor(block);
  let name: string | null = null;
  while (!cursor.atEnd) {
    const kind = cursor.uint(1);
    const value = cursor.text();
    if (kind === 0) name = value;
  }
  return name;
}
