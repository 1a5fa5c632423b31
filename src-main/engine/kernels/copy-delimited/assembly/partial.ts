// The mask that shows the first and last characters of a text: the rules of masks/partial/partial-kernel.ts.

function isContinuation(at: usize): bool {
  return (load<u8>(at) & 0xc0) == 0x80;
}

/** Writes the masked form of [at, at + size) to `to` and returns its size; `column` holds the settings. */
export function coverText(at: usize, size: usize, column: usize, to: usize): usize {
  const keepFirst = <usize>load<u32>(column + 4);
  const keepLast = <usize>load<u32>(column + 8);
  const cover = <usize>load<u32>(column + 12);
  const coverSize = <usize>load<u32>(column + 16);
  const end = at + size;
  let characters: usize = 0;
  for (let i = at; i < end; i++) if (!isContinuation(i)) characters++;
  const shown = keepFirst + keepLast;
  const coversAll = shown + shown > characters;
  const covered = coversAll ? characters : characters - shown;
  let headEnd = at;
  let tailStart = end;
  if (!coversAll) {
    for (let left = keepFirst; left > 0; left--) {
      do headEnd++;
      while (headEnd < end && isContinuation(headEnd));
    }
    for (let left = keepLast; left > 0; left--) {
      do tailStart--;
      while (tailStart > at && isContinuation(tailStart));
    }
  }
  let out = to;
  for (let i = at; i < headEnd; i++) store<u8>(out++, load<u8>(i));
  for (let n: usize = 0; n < covered; n++) {
    for (let i: usize = 0; i < coverSize; i++) store<u8>(out++, load<u8>(cover + i));
  }
  for (let i = tailStart; i < end; i++) store<u8>(out++, load<u8>(i));
  return out - to;
}
