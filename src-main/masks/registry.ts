import type { Mask } from '../ports/mask.ts';
import { constant } from './constant/constant.ts';
import { nullify } from './nullify/nullify.ts';
import { partial } from './partial/partial.ts';
import { pseudonym } from './pseudonym/pseudonym.ts';
import { redact } from './redact/redact.ts';

/** Every mask, in the order people are shown them. */
export const masks: readonly Mask[] = [pseudonym, redact, partial, nullify, constant];
