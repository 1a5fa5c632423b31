/** RFC 8878 §3.1.1: a frame, from its magic number to its checksum. */
const MAGIC = 0xfd2fb528;
const BLOCK_HEADER_BYTES = 3;
const CHECKSUM_BYTES = 4;
const RUN = 1;
const RESERVED = 3;
const DICTIONARY_ID_BYTES = [0, 1, 2, 4] as const;

/**
 * How long the frame is that begins here, by its own headers; null: its end is not there yet. Throws where no frame begins,
 * or where it is damaged so that its end cannot be found.
 */
export function zstdFrameLength(bytes: Uint8Array): number | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 5) return null;
  if (view.getUint32(0, true) !== MAGIC) throw new Error('no zstd frame begins here');
  const descriptor = view.getUint8(4);
  let at = 5 + headerBytes(descriptor);
  for (;;) {
    if (at + BLOCK_HEADER_BYTES > bytes.length) return null;
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    const type = (header >> 1) & 3;
    if (type === RESERVED) throw new Error('a zstd block of a reserved type');
    at += BLOCK_HEADER_BYTES + (type === RUN ? 1 : header >> 3);
    if ((header & 1) === 1) break;
  }
  if ((descriptor & 4) !== 0) at += CHECKSUM_BYTES;
  return at > bytes.length ? null : at;
}

/** What stands between the descriptor and the first block: window, dictionary, size of the content. */
function headerBytes(descriptor: number): number {
  const isSingle = (descriptor & 0x20) !== 0;
  const sizeFlag = descriptor >> 6;
  const size = sizeFlag === 0 ? (isSingle ? 1 : 0) : 1 << sizeFlag;
  return (isSingle ? 0 : 1) + (DICTIONARY_ID_BYTES[descriptor & 3] ?? 0) + size;
}
