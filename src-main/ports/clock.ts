/** Time as a value that can be passed in. */
export interface Clock {
  now(): Date;
  /** Milliseconds of a clock that never goes back; only differences mean something. */
  monotonicMs(): number;
}
