// TDS packets and messages. [MS-TDS] 2.2.3.
import type { Duplex } from 'node:stream';
import { once } from 'node:events';
import { setImmediate } from 'node:timers/promises';

export const PACKET = {
  batch: 0x01,
  rpc: 0x03,
  answer: 0x04,
  attention: 0x06,
  bulk: 0x07,
  transaction: 0x0e,
  login: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

const HEADER = 8;
const END_OF_MESSAGE = 1;
const IGNORE = 2;
const WRITES_IN_A_ROW = 500;

export interface Message {
  readonly type: number;
  readonly data: Buffer;
  /** The client gave the message up in the middle: it is answered, and not acted upon. */
  readonly isIgnored: boolean;
}

/** Puts messages together from what arrives. */
export class MessageReader {
  #buffer: Buffer = Buffer.alloc(0);
  #parts: Buffer[] = [];

  /** Messages that are complete with this piece. */
  push(piece: Buffer): Message[] {
    this.#buffer = this.#buffer.length === 0 ? piece : Buffer.concat([this.#buffer, piece]);
    const messages: Message[] = [];
    while (this.#buffer.length >= HEADER) {
      const length = this.#buffer.readUInt16BE(2);
      if (length < HEADER) throw new Error('a packet is shorter than its own header');
      if (this.#buffer.length < length) break;
      const [type = 0, status = 0] = this.#buffer;
      this.#parts.push(this.#buffer.subarray(HEADER, length));
      this.#buffer = this.#buffer.subarray(length);
      if ((status & END_OF_MESSAGE) === 0) continue;
      messages.push({ type, data: Buffer.concat(this.#parts), isIgnored: (status & IGNORE) !== 0 });
      this.#parts = [];
    }
    return messages;
  }

  /** What belongs to no complete packet yet. */
  get rest(): Buffer {
    return this.#buffer;
  }
}

/** Cuts an answer into packets and writes them, no faster than they are taken. */
export class MessageWriter {
  packetBytes = 4096;
  readonly #stream: Duplex;
  readonly #type: number;
  #parts: Buffer[] = [];
  #bytes = 0;
  #number = 0;
  #writes = 0;

  constructor(stream: Duplex, type: number = PACKET.answer) {
    this.#stream = stream;
    this.#type = type;
  }

  async write(part: Buffer): Promise<void> {
    this.#parts.push(part);
    this.#bytes += part.length;
    // What the client says meanwhile is heard, however small the rows are and however fast it takes them.
    if (++this.#writes % WRITES_IN_A_ROW === 0) await setImmediate();
    if (this.#bytes < 16 * this.packetBytes) return;
    this.#send(false);
    if (this.#stream.writableNeedDrain) await drained(this.#stream);
  }

  /** The message ends with these tokens. */
  end(...parts: readonly Buffer[]): void {
    this.#parts.push(...parts);
    this.#send(true);
    this.#number = 0;
  }

  #send(isLast: boolean): void {
    const data = Buffer.concat(this.#parts);
    this.#parts = [];
    this.#bytes = 0;
    const room = this.packetBytes - HEADER;
    let at = 0;
    for (; data.length - at > room; at += room) this.#packet(data.subarray(at, at + room), false);
    if (isLast) this.#packet(data.subarray(at), true);
    else if (at < data.length) {
      this.#parts.push(data.subarray(at));
      this.#bytes = data.length - at;
    }
  }

  #packet(data: Buffer, isLast: boolean): void {
    const header = Buffer.alloc(HEADER);
    header[0] = this.#type;
    header[1] = isLast ? END_OF_MESSAGE : 0;
    header.writeUInt16BE(data.length + HEADER, 2);
    header[6] = ++this.#number & 0xff;
    if (this.#stream.writable) this.#stream.write(Buffer.concat([header, data]));
  }
}

async function drained(stream: Duplex): Promise<void> {
  const done = new AbortController();
  const { signal } = done;
  try {
    await Promise.race([once(stream, 'drain', { signal }), once(stream, 'close', { signal })]);
  } catch {
    // An error of the stream: its close is on the way.
  } finally {
    done.abort();
  }
}
