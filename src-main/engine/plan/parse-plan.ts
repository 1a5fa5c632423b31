import { isMap, type YAMLError } from 'yaml';
import type { Finding } from '../../../src-shared/model/finding.ts';
import {
  PLAN_MAX_BYTES,
  PLAN_VERSION,
  planQuerySchema,
  planSchema,
  planTableSchema,
  type Plan,
} from '../../../src-shared/model/plan.ts';
import { utf8 } from '../../../src-shared/util/utf8.ts';
import { z } from 'zod';
import { FindingList } from './finding-list.ts';
import { openPlanDocument, positionAt, type PlanDocument, type PlanPath } from './plan-document.ts';
import { readTree } from './read-node.ts';
import { planProblems } from './schema-findings.ts';
import { findUnsupported } from './unsupported-features.ts';

export interface ParsedPlan {
  /** null where the text is not a plan; the findings say why. */
  readonly plan: Plan | null;
  readonly findings: readonly Finding[];
  /** The YAML tree, for positions and edits. */
  readonly document: PlanDocument;
}

const MAX_SYNTAX_FINDINGS = 20;

/** Tables are checked one by one, against the schema of what each of them is. */
const outerSchema = planSchema.extend({
  tables: z.array(z.unknown(), { error: 'must be a list of tables' }),
});

/**
 * Reads a plan file. Never throws for what the text holds. Values are taken by their source text; numbers and booleans
 * exist only where the format knows them (limits, options).
 */
export function parsePlan(text: string): ParsedPlan {
  if (text.length > PLAN_MAX_BYTES || utf8(text).length > PLAN_MAX_BYTES) return tooLarge();
  const document = openPlanDocument(text);
  const broken = syntaxFindings(document);
  if (broken.length > 0) return { plan: null, findings: broken, document };
  const { value, findings: refused } = readTree(document, isTyped);
  const findings = new FindingList(document, refused);
  if (!isMap(document.tree.contents)) {
    findings.error('PLAN/UNREADABLE', [], {
      message: 'The file holds no plan.',
      remedy: 'Start it with waybill: 1, or let `plan new` write one.',
    });
    return { plan: null, findings: findings.all(), document };
  }
  const plan = checkValue(value, document, findings);
  if (plan !== null) findUnsupported(plan, findings);
  return { plan: refused.length > 0 ? null : plan, findings: findings.all(), document };
}

function checkValue(value: unknown, document: PlanDocument, findings: FindingList): Plan | null {
  const raw = value as { readonly waybill?: unknown; readonly tables?: unknown };
  if (raw.waybill !== undefined && raw.waybill !== PLAN_VERSION) {
    const needed = typeof raw.waybill === 'number' ? `plan version ${raw.waybill}` : 'another plan version';
    findings.error('PLAN/VERSION_UNKNOWN', ['waybill'], {
      message: `The file needs ${needed}; this Waybill reads version ${PLAN_VERSION}.`,
      remedy: `Use a Waybill that reads ${needed}, or write waybill: ${PLAN_VERSION} if the file is of this version.`,
    });
    return null;
  }
  const problems = [...planProblems(outerSchema, raw, { document, base: [] })];
  const tables: readonly unknown[] = Array.isArray(raw.tables) ? raw.tables : [];
  for (const [index, entry] of tables.entries()) {
    const isQuery = typeof entry === 'object' && entry !== null && 'query' in entry;
    const schema = isQuery ? planQuerySchema : planTableSchema;
    problems.push(...planProblems(schema, entry, { document, base: ['tables', index] }));
  }
  for (const { path, details } of problems) findings.error('PLAN/INVALID', path, { ...details, ...advice(path) });
  return problems.length > 0 ? null : planSchema.parse(raw);
}

/** The next action where the schema alone cannot know it. */
function advice(path: PlanPath): { readonly remedy?: string } {
  if (path.length > 1) return {};
  switch (String(path[0])) {
    case 'purpose':
      return { remedy: 'Say why this export is made, e.g. purpose: "CHG-4711 move to the new CRM".' };
    case 'waybill':
      return { remedy: `Write waybill: ${PLAN_VERSION}.` };
    case 'format':
      return { remedy: 'Write format: { type: csv }.' };
    default:
      return {};
  }
}

/** Places that take numbers and booleans; everywhere else a scalar is text. */
function isTyped(path: PlanPath): boolean {
  const [top, second, third, fourth, fifth] = path;
  switch (String(top)) {
    case 'waybill':
    case 'limits':
      return true;
    case 'format':
      return second !== 'type';
    case 'package':
      return second === 'chunk';
    case 'tables':
      if (third === 'limit') return true;
      return (third === 'masks' || third === 'columns') && fourth !== undefined && isOption(fifth);
    default:
      return false;
  }
}

function isOption(key: string | number | undefined): boolean {
  return key !== undefined && key !== 'mask' && key !== 'class' && key !== 'unmasked';
}

function syntaxFindings(document: PlanDocument): readonly Finding[] {
  const { errors, directives } = document.tree;
  const found = errors.slice(0, MAX_SYNTAX_FINDINGS).map((error) => syntaxFinding(document, error));
  if (found.length === 0 && (directives.yaml.explicit === true || Object.keys(directives.tags).length > 1)) {
    found.push({
      severity: 'error',
      code: 'PLAN/UNREADABLE',
      message: 'A plan has no YAML directives.',
      remedy: 'Remove the lines that begin with %.',
      ...positionAt(document, 0),
    });
  }
  return found;
}

function syntaxFinding(document: PlanDocument, error: YAMLError): Finding {
  const fact = (error.message.split('\n')[0] ?? '').replace(/ at line \d+, column \d+:?$/, '').slice(0, 200);
  const several = error.code === 'MULTIPLE_DOCS';
  return {
    severity: 'error',
    code: 'PLAN/UNREADABLE',
    message: several ? 'The file holds more than one YAML document.' : `The file is not valid YAML: ${fact}.`,
    remedy: several ? 'Keep one plan per file.' : 'Correct the text at this place.',
    ...positionAt(document, error.pos[0]),
  };
}

function tooLarge(): ParsedPlan {
  return {
    plan: null,
    findings: [
      {
        severity: 'error',
        code: 'PLAN/UNREADABLE',
        message: 'The file is larger than 1 MiB, which no plan is.',
        remedy: 'Check that it is a plan file; use globs for many tables.',
      },
    ],
    document: openPlanDocument(''),
  };
}
