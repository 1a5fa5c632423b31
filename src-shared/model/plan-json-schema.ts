import { z } from 'zod';
import { planSchema } from './plan.ts';

/** The plan file as JSON Schema 2020-12, for editors; `docs/spec/plan.schema.json` holds its text. */
export function planJsonSchema(): object {
  return {
    ...z.toJSONSchema(planSchema, { io: 'input' }),
    $id: 'urn:waybill:plan:v1',
    title: 'Waybill plan',
    description: 'A plan file (*.plan.yaml) of Waybill. The rules a schema cannot say are in docs/spec/plan.md.',
  };
}
