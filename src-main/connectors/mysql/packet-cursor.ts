/** Reads the fields of one packet. https://dev.mysql.com/doc/dev/mysql-server/latest/page_protocol_basic_dt_integers.html */
import { malformed } from './malformed.ts';

const decoder = new TextDecoder();

export class PacketCursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(payload: Uint8Array) {
    this.#bytes = payload;
  }

  /** Fixed-length integer, least significant byte first; up to six bytes. */
  uint(size: number): number {
    const from = this.skip(size);
    let value = 0;
    for (let i = size - 1; i >= 0; i--) value = value * 256 + (this.#bytes[from + i] as number);
    return value;
  }

  /** Length-encoded integer. */
  lengthInteger(): number {
    const first = this.uint(1);
    if (first < 0xfb) return first;
    if (first === 0xfc) return this.uint(2);
    if (first === 0xfd) return this.uint(3);
    if (first !== 0xfe) throw malformed();
    const low = this.uint(4);
    return low + this.uint(4) * 2 ** 32;
  }

  bytes(): Uint8Array {
    const size = this.lengthInteger();
    const from = this.skip(size);
    return this.#bytes.subarray(from, from + size);
  }

  text(): string {
    return decoder.decode(this.bytes());
  }

  rest(): Uint8Array {
    return this.#bytes.subarray(this.#at);
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  /** Moves on and returns where it was. */
  skip(size: number): number {
    const from = this.#at;
    if (from + size > this.#bytes.length) throw malformed();
    this.#at = from + size;
    return from;
  }
}
