/** Packets of the text protocol, built by hand from its documentation. */
const utf8 = new TextEncoder();

export type Cell = string | Uint8Array | null;

export function lengthInteger(value: number): Uint8Array {
  if (value < 0xfb) return Uint8Array.of(value);
  const width = value <= 0xffff ? 2 : value <= 0xffffff ? 3 : 8;
  const bytes = new Uint8Array(1 + width);
  bytes[0] = { 2: 0xfc, 3: 0xfd, 8: 0xfe }[width];
  for (let i = 0, rest = value; i < width; i++, rest = Math.floor(rest / 256)) bytes[1 + i] = rest % 256;
  return bytes;
}

export function join(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

export function lengthText(value: string | Uint8Array): Uint8Array {
  const bytes = typeof value === 'string' ? utf8.encode(value) : value;
  return join([lengthInteger(bytes.length), bytes]);
}

export function rowPayload(cells: readonly Cell[]): Uint8Array {
  return join(cells.map((cell) => (cell === null ? Uint8Array.of(0xfb) : lengthText(cell))));
}

export interface ColumnParts {
  readonly name: string;
  readonly type?: number;
  readonly collation?: number;
  readonly length?: number;
  readonly flags?: number;
  readonly decimals?: number;
  readonly extended?: string;
}

export function columnPayload(column: ColumnParts): Uint8Array {
  const fixed = Buffer.alloc(12);
  fixed.writeUInt16LE(column.collation ?? 45, 0);
  fixed.writeUInt32LE(column.length ?? 400, 2);
  fixed.writeUInt8(column.type ?? 253, 6);
  fixed.writeUInt16LE(column.flags ?? 0, 7);
  fixed.writeUInt8(column.decimals ?? 0, 9);
  const names = ['def', 'shop', 't', 't', column.name, column.name].map(lengthText);
  const extended =
    column.extended === undefined
      ? []
      : [lengthText(column.extended === '' ? '' : join([Uint8Array.of(0), lengthText(column.extended)]))];
  return join([...names, ...extended, lengthInteger(12), fixed]);
}

export const EOF_PAYLOAD = Uint8Array.of(0xfe, 0, 0, 2, 0);
/** An OK packet in EOF's place, longer than any EOF. */
export const OK_AS_EOF_PAYLOAD = join([Uint8Array.of(0xfe, 0, 0, 2, 0, 0, 0), utf8.encode('some info text')]);

export function errorPayload(errno: number, state: string, text: string): Uint8Array {
  return join([Uint8Array.of(0xff, errno & 0xff, errno >> 8), utf8.encode(`#${state}${text}`)]);
}

/** Numbers payloads from `sequence` on and puts headers before them; long ones are divided as the protocol divides them. */
export class PacketStream {
  #sequence: number;
  readonly #parts: Uint8Array[] = [];

  constructor(sequence = 1) {
    this.#sequence = sequence;
  }

  get sequence(): number {
    return this.#sequence;
  }

  add(...payloads: readonly Uint8Array[]): this {
    for (const payload of payloads) {
      for (let from = 0; ; from += 0xffffff) {
        const part = payload.subarray(from, from + 0xffffff);
        const header = Uint8Array.of(part.length, part.length >> 8, part.length >> 16, this.#sequence);
        this.#sequence = (this.#sequence + 1) & 0xff;
        this.#parts.push(header, part);
        if (part.length < 0xffffff) break;
      }
    }
    return this;
  }

  bytes(): Uint8Array {
    return join(this.#parts);
  }
}
