/** A process executes it, or will: it can be cancelled, and is not over. */
export const isAlive = ({ state }: { readonly state: string }): boolean =>
  state === 'queued' || state === 'running' || state === 'paused';
