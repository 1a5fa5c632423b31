/** Waits for `work` and drops its failure, for the reason given at the call. */
export async function ignoring(work: Promise<unknown>, reason: string): Promise<void> {
  await work.catch((error: unknown) => ({ reason, error }));
}
