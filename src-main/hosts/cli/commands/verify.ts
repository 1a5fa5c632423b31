import { resolve } from 'node:path';
import { exitCodeOfVerdict, type VerifyResult } from '../../../../src-shared/proof/verdict.ts';
import { trustedKeys } from '../../../app/trusted-keys.ts';
import { verifyPath } from '../../../app/verify-path.ts';
import type { Command } from '../command.ts';
import type { Output } from '../output.ts';

export const verifyCommand: Command = {
  path: ['verify'],
  summary: 'Checks a package, an audit bundle or a ledger, offline; writes nothing.',
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
export function showVerdict(result: VerifyResult, output: Output): void {
  output.line(`${result.verdict}  (${result.kind}${result.size === undefined ? '' : `, ledger size ${result.size}`})`);
  if (result.signer !== null) output.line(`signed by ${result.signer}`);
  for (const finding of result.findings) {
    const where = finding.path ?? (finding.seq === undefined ? '' : `entry ${finding.seq}`);
    output.line(`  ${finding.code}${where === '' ? '' : ` ${where}`}: ${finding.message}`);
  }
}
