import type { UseQueryResult } from '@tanstack/react-query';
import type { AuditOpened } from '../../../src-shared/contract/evidence.ts';
import { useAnswer } from '../../rpc/core-context.tsx';
import { useOpened } from './opened.ts';

/** What verification says of a folder, under the key it is compared with. */
export function useOpenedAnswer(path: string): UseQueryResult<AuditOpened> {
  const key = useOpened((state) => state.items.find((one) => one.path === path)?.key ?? null);
  return useAnswer(['audit', 'open', path, key], (core, signal) =>
    core.audit.open({ path, ...(key === null ? {} : { key }) }, { signal }),
  );
}
