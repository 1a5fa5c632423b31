import type { Plan } from '../../../../src-shared/model/plan.ts';
import { DELIVERY_PATH } from '../../../../src-shared/model/delivery-path.ts';
import type { PlanEditRequest } from '../../../../src-shared/contract/plans.ts';

export type Delivery = NonNullable<Plan['deliver']>[number];

/** The block of the plan as it shall be; without deliveries there is none. */
export function deliverEdit(deliveries: readonly Delivery[]): PlanEditRequest {
  return { kind: 'deliver', deliver: deliveries.length === 0 ? null : [...deliveries] };
}

/** The same delivery to another folder; the root needs no word. */
export function withPath({ target }: Delivery, path: string): Delivery {
  return path === '' ? { target } : { target, path };
}

/** The list with one of it as another one, null: without it; as it is where that one is no longer there. */
export function changed(
  deliveries: readonly Delivery[],
  { index, delivery }: { readonly index: number; readonly delivery: Delivery },
  next: Delivery | null,
): readonly Delivery[] {
  if (deliveries[index]?.target !== delivery.target) return deliveries;
  return next === null ? deliveries.toSpliced(index, 1) : deliveries.with(index, next);
}

/** The list with one of it a place earlier. */
export function earlier(deliveries: readonly Delivery[], index: number): readonly Delivery[] {
  const [before, moved] = [deliveries[index - 1], deliveries[index]];
  if (before === undefined || moved === undefined) return deliveries;
  return deliveries.with(index - 1, moved).with(index, before);
}

export const isDeliveryPath = (path: string): boolean => DELIVERY_PATH.test(path);
