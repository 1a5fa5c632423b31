/** A process executes it, paused or not. */
export const isAlive = ({ state }: { readonly state: string }): boolean => state === 'running' || state === 'paused';
