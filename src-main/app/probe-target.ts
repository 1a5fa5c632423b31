import { randomBytes } from 'node:crypto';
import { AppError, appError, isAppError } from '../../src-shared/errors/app-error.ts';
import { equalBytes } from '../../src-shared/proof/equal-bytes.ts';
import { utf8 } from '../../src-shared/util/utf8.ts';
import type { TargetSession } from '../ports/target.ts';

const CONTENT = utf8('Waybill tried whether it may write here. This file can be removed.\n');

export interface Probe {
  /** The test file, where it could be written and renamed but not removed; null: nothing was left. */
  readonly left: string | null;
}

/**
 * Does to a small hidden file at the root what a delivery does to each of its files: write under a `.part` name, rename, look
 * at the size, read back; then removes it. What cannot be done is the error; nothing is left where it can be helped.
 */
export async function probeTarget(session: TargetSession, target: string): Promise<Probe> {
  const file = `.waybill-test-${randomBytes(8).toString('hex')}`;
  const part = `${file}.part`;
  const steps: readonly (readonly [deed: string, act: () => Promise<void>])[] = [
    ['written', () => session.write(part, once(CONTENT), () => undefined)],
    ['renamed', () => session.rename(part, file)],
    ['read back', () => readBack(session, file)],
  ];
  for (const [deed, act] of steps) {
    try {
      await act();
    } catch (error) {
      const left = (await sweep(session, part)) ?? (await sweep(session, file));
      throw refusal(error, { deed, target, uri: session.facts.uri, left });
    }
  }
  return { left: await sweep(session, file) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

async function readBack(session: TargetSession, file: string): Promise<void> {
  const found = await session.stat(file);
  const parts: Uint8Array[] = [];
  for await (const block of session.read(file)) parts.push(Uint8Array.from(block));
  if (found?.size === CONTENT.length && equalBytes(Buffer.concat(parts), CONTENT)) return;
  throw appError('TARGET/DIGEST_MISMATCH', {
    message: 'What was read is not what was written.',
    remedy: 'Have the server looked at: it changes files, or loses parts of them.',
  });
}

/** Removes the test file; its name when it is still there. */
async function sweep(session: TargetSession, file: string): Promise<string | null> {
  try {
    await session.remove(file);
    return (await session.stat(file)) === null ? null : file;
  } catch (error) {
    // What led here is told, and that the file stays; a link that is gone cannot be asked.
    if (isAppError(error)) return file;
    throw error;
  }
}

interface Refused {
  readonly deed: string;
  readonly target: string;
  readonly uri: string;
  readonly left: string | null;
}

function refusal(error: unknown, { deed, target, uri, left }: Refused): unknown {
  if (!isAppError(error) || !error.code.startsWith('TARGET/') || error.code === 'TARGET/CONNECTION_LOST') return error;
  const denied = error.code === 'TARGET/PERMISSION_DENIED' && deed === 'written';
  const fact = denied
    ? `The target ${target} is there, but nothing may be written to ${uri}.`
    : `At the target ${target} (${uri}) a test file could not be ${deed}. ${error.message}`;
  // A write that was refused made no file.
  const rest = left === null || denied ? '' : ` It may still lie there: ${left}.`;
  const { code, remedy, context, cause } = error;
  const advice = denied ? 'Have the rights of the target folder changed, or choose another one.' : remedy;
  const details = { message: `${fact}${rest}`, context: { ...context, target }, cause };
  return new AppError(code, advice === undefined ? details : { ...details, remedy: advice });
}
