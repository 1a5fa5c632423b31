import { ownValue } from '../../src-shared/util/own-value.ts';
import type { Pinned } from './host-key-entries.ts';
import type { TargetRecord } from './records.ts';

/** A target as the ledger speaks of its host key. */
export function pinnedTarget(name: string, record: TargetRecord): Pinned {
  return {
    ...namedTarget(name, record.type),
    hostKey: record.options['hostKey'],
    untold: record.hostKeyUntold,
    told: async (core) => {
      await core.records.targets.update((all) => {
        const now = ownValue(all, name);
        return now === undefined ? all : { ...all, [name]: withoutUntold(now) };
      });
    },
  };
}

/** The same, of one that is not saved yet. */
export function namedTarget(name: string, kind: string): Pick<Pinned, 'entry' | 'namesPlace'> {
  return { entry: (hostKey) => ({ target: name, destination: { kind, hostKey } }), namesPlace: true };
}

function withoutUntold({ hostKeyUntold: _told, ...record }: TargetRecord): TargetRecord {
  return record;
}
