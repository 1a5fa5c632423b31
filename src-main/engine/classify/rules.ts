import type { PersonalRule } from './personal-rule.ts';
import { ACCESS_RULES } from './rules-access.ts';
import { IDENTITY_RULES } from './rules-identity.ts';
import { SENSITIVE_RULES } from './rules-sensitive.ts';

/** Every rule. Of two that match, the one with the longer phrase wins, then the earlier one. */
export const PERSONAL_RULES: readonly PersonalRule[] = [...IDENTITY_RULES, ...ACCESS_RULES, ...SENSITIVE_RULES];
