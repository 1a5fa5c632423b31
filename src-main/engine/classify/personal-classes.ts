import { PERSONAL_RULES } from './rules.ts';

/** Every class the detector can name, sorted. */
export const PERSONAL_CLASSES: readonly string[] = [...new Set(PERSONAL_RULES.map((rule) => rule.class))].sort();
