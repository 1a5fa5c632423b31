// How far a call has come; the host reads it after the call.

/** Position behind the last row that was taken in, rows taken in, and whether the input is not what COPY writes. */
export let used: usize = 0;
export let rows: u32 = 0;
export let malformed: bool = false;

export function begin(from: usize): void {
  used = from;
  rows = 0;
  malformed = false;
}

/** A row has been taken in; it ends at `at`. */
export function advance(at: usize): void {
  used = at;
  rows++;
}

/** The call ends within a row; the next one goes on at `at`. */
export function pause(at: usize): void {
  used = at;
}

export function isBroken(): bool {
  return malformed;
}

export function setBroken(): void {
  malformed = true;
}
