import { PacketCursor } from './packet-cursor.ts';

/** An ERR packet. `text` may quote values of cells: it never leaves this folder but for errors about names. */
export class ServerError extends Error {
  readonly errno: number;
  readonly sqlState: string;
  readonly text: string;

  constructor(errno: number, sqlState: string, text: string) {
    super(`server error ${errno} (${sqlState})`);
    this.name = 'ServerError';
    this.errno = errno;
    this.sqlState = sqlState;
    this.text = text;
  }

  /** From the payload of an ERR packet: 0xff, the number, `#` and the SQLSTATE, the text. */
  static parse(payload: Uint8Array): ServerError {
    const cursor = new PacketCursor(payload);
    cursor.skip(1);
    const errno = cursor.uint(2);
    const rest = new TextDecoder().decode(cursor.rest());
    return rest.startsWith('#')
      ? new ServerError(errno, rest.slice(1, 6), rest.slice(6))
      : new ServerError(errno, 'HY000', rest);
  }
}
