import { useMemo, type ReactNode } from 'react';
import type { DeliveryJob } from '../../src-shared/contract/targets.ts';
import { DeliveryLine } from '../components/delivery-lines.tsx';
import { useAnswer, useCore, useStream } from '../rpc/core-context.tsx';

/** Deliveries that this core was asked for, newest first. */
export function useDeliveries(): readonly DeliveryJob[] {
  const { data } = useAnswer(['deliveries', 'list'], (core, signal) => core.deliveries.list(undefined, { signal }));
  return data ?? NONE;
}

const NONE: readonly DeliveryJob[] = [];

/** Those of one package; null: none. */
export function useDeliveriesOf(folder: string | null): readonly DeliveryJob[] {
  const all = useDeliveries();
  return useMemo(() => all.filter((job) => job.package === folder), [all, folder]);
}

/** Deliveries, moving while they move. */
export function DeliveryJobLines({ jobs }: { readonly jobs: readonly DeliveryJob[] }): ReactNode {
  return jobs.map((job) =>
    job.ended === null ? (
      <MovingJob key={job.id} job={job} />
    ) : (
      <DeliveryLine key={job.id} delivery={job} step={job.step} />
    ),
  );
}

function MovingJob({ job }: { readonly job: DeliveryJob }): ReactNode {
  const core = useCore();
  const news = useStream((asked, signal) => asked.deliveries.watch({ id: job.id }, { signal }), {
    key: `delivery ${job.id}`,
  });
  const now = news ?? job;
  const cancel = (): void => void core.deliveries.cancel({ id: job.id }).catch(() => undefined);
  return <DeliveryLine delivery={now} step={now.step} onCancel={now.ended === null ? cancel : null} />;
}
