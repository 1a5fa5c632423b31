// Writes docs/spec/plan.schema.json anew after a change of the plan file's schema.
import { writeFileSync } from 'node:fs';
import { planJsonSchema } from '../src-shared/model/plan-json-schema.ts';

const file = new URL('../docs/spec/plan.schema.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(planJsonSchema(), null, 2)}\n`);
