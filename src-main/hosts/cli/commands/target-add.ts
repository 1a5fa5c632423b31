import { addTarget, requireNewTarget } from '../../../app/change-targets.ts';
import { optionFields } from '../../../app/option-fields.ts';
import type { Target } from '../../../ports/target.ts';
import { adapterFlags, optionValues } from '../adapter-flags.ts';
import type { Command } from '../command.ts';
import { usage } from '../parse-arguments.ts';
import { storeFlag, STORE_FLAG } from '../store-flag.ts';
import { NO_SECRETS, refuseTwoSecrets, SECRET_FLAGS, targetSecrets } from '../target-secrets.ts';

/** `target add`; its flags come from the targets' own options. */
export function addCommand(targets: readonly Target[]): Command {
  const kinds = targets.map((target) => target.id).join('|');
  return {
    path: ['target', 'add'],
    summary:
      'Saves a delivery target. Its host key is pinned; its secret goes to the vault, never into a file in clear.',
    usage: `NAME --type ${kinds}`,
    positionals: { min: 1, max: 1 },
    flags: {
      type: { kind: 'text', value: kinds, help: 'kind of target' },
      ...adapterFlags(targets),
      ...SECRET_FLAGS,
      store: STORE_FLAG,
    },
    example:
      'waybill target add partner --type sftp --host sftp.example.net --user crm --path incoming --key ~/.ssh/id_ed25519 --host-key SHA256:…',
    run: async (invocation) => {
      const { flags, output, positionals, signal } = invocation;
      const id = flags.text('type');
      const target = targets.find((candidate) => candidate.id === id);
      if (target === undefined) {
        throw usage(
          id === undefined ? 'A target needs a type.' : `There is no type of target named ${id}.`,
          `Write --type ${kinds}.`,
        );
      }
      refuseTwoSecrets(flags);
      const name = positionals[0] ?? '';
      const core = await invocation.core();
      const request = { name, type: target.id, options: optionValues(optionFields(target.options), flags) };
      const store = storeFlag(flags);
      // Nobody types a secret for what cannot be saved.
      await requireNewTarget(core, request);
      const secrets = target.traits.network ? await targetSecrets(invocation, flags.has('key')) : NO_SECRETS;
      const { record, vault } = await addTarget(core, { ...request, secrets, store, signal });
      output.result({ name, type: record.type, options: record.options, secret: vault?.id ?? null }, () => {
        output.line(`Target ${name} is saved.`);
        const { hostKey } = record.options;
        if (typeof hostKey === 'string') output.line(`Its host key is pinned: ${hostKey}`);
        if (vault !== null) {
          output.detail(`Its secret is in: ${vault.title}`);
          output.detail(vault.protection);
        } else if (target.traits.network)
          output.detail(`No secret is stored. When it needs one: waybill target password ${name}`);
        output.detail(`Next: waybill target test ${name}`);
      });
      return 0;
    },
  };
}
