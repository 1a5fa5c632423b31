import { SIZE_TEXT } from '../../../src-shared/model/limit-rules.ts';
import type { MaskSpec } from '../../../src-shared/model/plan.ts';

// What YAML 1.1 or 1.2 readers would take for something other than text.
const LOOKS_TYPED = /^(?:null|true|false|yes|no|on|off|y|n)$/i;

/** A text as a YAML scalar on one line, plain where that is safe in block and flow alike, else in double quotes. */
export function yamlScalar(text: string): string {
  const isPlain = /^[\p{L}_][\p{L}\p{N}_./-]*$/u.test(text) && !LOOKS_TYPED.test(text) && text.length <= 200;
  // A size begins with a digit, and no reader takes it for a number: people write it plain.
  return isPlain || SIZE_TEXT.test(text) ? text : quotedScalar(text);
}

/** Always in double quotes. JSON's escapes are YAML's too; what is not printable is escaped on top of them. */
export function quotedScalar(text: string): string {
  return JSON.stringify(text).replace(
    /[\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFFE\uFFFF]/g,
    escaped,
  );
}

/** A foreign text for a comment: one line, nothing in it that moves the cursor or turns the direction. */
export function commentText(text: string): string {
  return text.replace(/[\p{Cc}\u200B-\u200F\u2028-\u202E\u2060-\u206F\uFEFF\uFFFE\uFFFF]/gu, escaped);
}

/** `{ mask: partial, keepLast: 4 }` */
export function yamlMaskSpec(spec: MaskSpec): string {
  return yamlFlow(spec);
}

/** Any plain value in flow style; text that would read as something else is quoted. */
export function yamlFlow(value: unknown): string {
  if (typeof value === 'string') return yamlScalar(value);
  if (Array.isArray(value)) return `[${value.map(yamlFlow).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const pairs = Object.entries(value).filter(([, inner]) => inner !== undefined);
    if (pairs.length === 0) return '{}';
    return `{ ${pairs.map(([key, inner]) => `${yamlScalar(key)}: ${yamlFlow(inner)}`).join(', ')} }`;
  }
  return JSON.stringify(value);
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
}

/** `public.customers`, or the literal pair where the names hold a dot or a glob's characters. */
export function tableScalar({ namespace, name }: { readonly namespace: string; readonly name: string }): string {
  if (/[.*?]/.test(namespace + name)) return `[${yamlScalar(namespace)}, ${yamlScalar(name)}]`;
  return yamlScalar(`${namespace}.${name}`);
}
