import { resolve } from 'node:path';
import { exitCodeOfVerdict } from '../../../../src-shared/proof/verdict.ts';
import { counted } from '../../../../src-shared/util/format-number.ts';
import { trustedKeys } from '../../../app/trusted-keys.ts';
import { verifyPath, type PlaceResult } from '../../../app/verify-path.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';

export const verifyCommand: Command = {
  path: ['verify'],
  summary: 'Checks a package, an audit bundle or a ledger, offline; writes nothing.',
  details: [
    'VERIFIED: everything holds, the signer is one you pinned, and an outside anchor covers it. CONSISTENT, NOT ANCHORED: everything holds, and one of these is missing; the findings say which. BROKEN: anything else; exit code 9. Of a home, its ledgers are checked, and the worst verdict counts.',
    'The verdict is about integrity: a package of a run in which tables failed can be whole. It says so itself: the finding PACKAGE_INCOMPLETE names the tables it lacks.',
  ],
  usage: 'PATH',
  positionals: { min: 1, max: 1 },
  flags: {
    key: { kind: 'text', value: 'VKEY|FILE', help: 'the signer must be this key' },
    'require-key': { kind: 'switch', help: 'an unknown signer is a failure' },
    'require-anchor': { kind: 'switch', help: 'a missing outside anchor is a failure' },
  },
  example: 'waybill verify ./crm-migration-01JD0000000000000000000000 --key partner.vkey',
  run: async ({ flags, io, output, positionals, verifier }) => {
    const key = flags.text('key');
    const result = await verifyPath({
      path: resolve(io.cwd, positionals[0] ?? ''),
      reader: verifier.reader,
      trusted: await trustedKeys(verifier),
      ...(key === undefined ? {} : { key }),
      cwd: io.cwd,
    });
    output.result(result, () => showVerdict(result, output));
    return exitCodeOfVerdict(result, {
      requireKey: flags.has('require-key'),
      requireAnchor: flags.has('require-anchor'),
    });
  },
};

/** The verdict and its findings, for a person. */
export function showVerdict(result: PlaceResult, output: Output): void {
  if (result.ledgers !== undefined) {
    output.line(`${result.verdict}  (${counted(result.ledgers.length, 'ledger')})`);
    for (const ledger of result.ledgers) showVerdict(ledger, output);
    return;
  }
  output.line(`${result.verdict}  (${result.kind}${result.size === undefined ? '' : `, ledger size ${result.size}`})`);
  if (result.path !== undefined && !output.quiet) output.exact(`in ${result.path}`);
  if (result.signer !== null && !output.quiet) output.exact(`signed by ${result.signer}`);
  const decides = result.verdict === 'BROKEN';
  for (const finding of result.findings) {
    const where = finding.path ?? (finding.seq === undefined ? '' : `entry ${finding.seq}`);
    const text = `  ${finding.code}${where === '' ? '' : ` ${where}`}: ${finding.message}`;
    // What broke it belongs to the result.
    if (decides) output.line(text);
    else output.detail(text);
  }
}
