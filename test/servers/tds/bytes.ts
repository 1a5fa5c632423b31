// The protocol's small notations. [MS-TDS] 2.2.5.1.

export const u8 = (value: number): Buffer => Buffer.from([value]);

export function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

export function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value >>> 0);
  return bytes;
}

export function u64(value: bigint | number): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(BigInt.asUintN(64, BigInt(value)));
  return bytes;
}

/** An unsigned number in so many bytes, least significant first. */
export function unsigned(value: bigint, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let i = 0, rest = value; i < size; i++, rest >>= 8n) bytes[i] = Number(rest & 0xffn);
  return bytes;
}

export const ucs2 = (text: string): Buffer => Buffer.from(text, 'utf16le');
/** B_VARCHAR: a byte counts characters. */
export const bVarchar = (text: string): Buffer => Buffer.concat([u8(text.length), ucs2(text)]);
/** US_VARCHAR: two bytes count characters. */
export const usVarchar = (text: string): Buffer => Buffer.concat([u16(text.length), ucs2(text)]);

/** Reads on from where it stopped. */
export class ByteCursor {
  at: number;
  readonly bytes: Buffer;

  constructor(bytes: Buffer, at = 0) {
    this.bytes = bytes;
    this.at = at;
  }

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  u8(): number {
    return this.bytes.readUInt8(this.at++);
  }

  u16(): number {
    this.at += 2;
    return this.bytes.readUInt16LE(this.at - 2);
  }

  u32(): number {
    this.at += 4;
    return this.bytes.readUInt32LE(this.at - 4);
  }

  u64(): bigint {
    this.at += 8;
    return this.bytes.readBigUInt64LE(this.at - 8);
  }

  take(size: number): Buffer {
    this.at += size;
    return this.bytes.subarray(this.at - size, this.at);
  }

  text(characters: number): string {
    return this.take(2 * characters).toString('utf16le');
  }
}
