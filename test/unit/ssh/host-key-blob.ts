/** A public key in wire form of the given type, whose remainder is made of one byte. */
export function blobOf(type: string, filling: number): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt32BE(type.length);
  return Buffer.concat([head, Buffer.from(type), Buffer.alloc(36, filling)]);
}
