const ONE_KEYSTROKE_MS = 500;

export interface InterruptActions {
  /** The first: stop in good order. */
  readonly stop: () => void;
  /** Another one later: now, whatever is still being closed. */
  readonly leave: () => void;
  readonly monotonicMs: () => number;
}

/**
 * What to do at each SIGINT or SIGTERM. One Ctrl+C can arrive several times, from the terminal to the whole process group
 * and again from each parent that passes it on: signals close to the one before count as the same keystroke.
 */
export function interruptHandler({ stop, leave, monotonicMs }: InterruptActions): () => void {
  let last: number | null = null;
  return () => {
    const now = monotonicMs();
    const again = last !== null && now - last >= ONE_KEYSTROKE_MS;
    const first = last === null;
    last = now;
    if (first) stop();
    else if (again) leave();
  };
}
