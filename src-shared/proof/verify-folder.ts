import { assertNever } from '../util/assert-never.ts';
import { detectKind } from './detect-kind.ts';
import type { FolderReader } from './folder-reader.ts';
import type { VerifyOptions, VerifyResult } from './verdict.ts';
import { verifyBundle } from './verify-bundle.ts';
import { verifyLedger } from './verify-ledger.ts';
import { verifyPackage } from './verify-package.ts';

/** Verifies whatever the folder is; `undefined` when it is neither a package nor a bundle nor a ledger. */
export async function verifyFolder(folder: FolderReader, options: VerifyOptions): Promise<VerifyResult | undefined> {
  const kind = await detectKind(folder);
  switch (kind) {
    case undefined:
      return undefined;
    case 'package':
      return verifyPackage(folder, options);
    case 'bundle':
      return verifyBundle(folder, options);
    case 'ledger':
      return verifyLedger(folder, options);
    default:
      return assertNever(kind);
  }
}
