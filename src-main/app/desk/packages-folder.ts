import type { Desk } from './desk.ts';

/** Where packages appear: the folder of the last one, else the person's documents. */
export async function packagesFolder(desk: Desk): Promise<string> {
  return (await desk.settings.read()).packages ?? desk.host.documents;
}
