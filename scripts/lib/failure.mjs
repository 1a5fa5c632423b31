/** An expected failure of a script: printed as fact and remedy, without a stack. */
export class Failure extends Error {
  /**
   * @param {string} fact
   * @param {string} remedy
   */
  constructor(fact, remedy) {
    super(fact);
    this.remedy = remedy;
  }
}

/** Runs a script's body; an expected failure ends as two lines on stderr and exit code 1. */
export async function runScript(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    process.stderr.write(`${error.message}\n→ ${error.remedy}\n`);
    process.exitCode = 1;
  }
}
