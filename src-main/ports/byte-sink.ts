/**
 * Where an encoder writes. `bytes[length …]` is free; call `room(n)` before writing up to `n` bytes there, then advance
 * `length`. `room` may replace `bytes` and reset `length`: read both again after it. Full blocks leave on their own.
 */
export interface ByteSink {
  bytes: Uint8Array;
  length: number;
  room(size: number): void;
}
