import Button from '@mui/material/Button';
import IconButton from '@mui/material/IconButton';
import MenuItem from '@mui/material/MenuItem';
import OutlinedInput from '@mui/material/OutlinedInput';
import Select from '@mui/material/Select';
import type { ReactNode } from 'react';
import type { CompiledColumn } from '../../../../src-shared/contract/plans.ts';
import {
  isNumberText,
  OPERATORS,
  takesOperand,
  type Condition,
  type Operand,
  type Operator,
} from '../../../../src-shared/model/filter.ts';
import { CloseIcon, PlusIcon } from '../../../components/icons.tsx';
import { SectionHead } from '../../../components/section-head.tsx';
import { text } from '../../../text/text.ts';

const words = text.plan.filter;

interface BuilderProps {
  /** null: the SQL says more than conditions can. */
  readonly conditions: readonly Condition[] | null;
  readonly columns: readonly CompiledColumn[];
  readonly params: readonly string[];
  readonly isFixed: boolean;
  readonly onChange: (conditions: readonly Condition[]) => void;
}

/** Conditions, all of which hold. */
export function FilterBuilder({ conditions, columns, params, isFixed, onChange }: BuilderProps): ReactNode {
  const off = conditions === null || isFixed;
  const shown = conditions ?? [];
  const add = (): void => {
    const first = columns[0];
    if (first !== undefined) onChange([...shown, { column: first.name, operator: 'isNotNull', operand: null }]);
  };
  return (
    <section className={off ? 'filter-builder off' : 'filter-builder'} aria-label={words.title}>
      <SectionHead
        title={words.title}
        actions={
          <Button variant="text" sx={{ height: 24 }} disabled={off} onClick={add}>
            <PlusIcon size={14} />
            {words.add}
          </Button>
        }
      >
        <span className="faint ellipsis">
          {shown.length > 1 ? words.allOf : shown.length === 0 && !off ? words.none : ''}
        </span>
      </SectionHead>
      <div className="filter-lines">
        {conditions === null ? <p className="second">{words.onlySql}</p> : null}
        {shown.map((condition, index) => (
          <ConditionLine
            key={index}
            condition={condition}
            columns={columns}
            params={params}
            disabled={off}
            onChange={(next) => onChange(shown.map((one, at) => (at === index ? next : one)))}
            onRemove={() => onChange(shown.filter((_, at) => at !== index))}
          />
        ))}
      </div>
    </section>
  );
}

interface LineProps {
  readonly condition: Condition;
  readonly columns: readonly CompiledColumn[];
  readonly params: readonly string[];
  readonly disabled: boolean;
  readonly onChange: (condition: Condition) => void;
  readonly onRemove: () => void;
}

function ConditionLine({ condition, columns, params, disabled, onChange, onRemove }: LineProps): ReactNode {
  const { column, operator, operand } = condition;
  const kindOf = (name: string): CompiledColumn['kind'] => columns.find((one) => one.name === name)?.kind ?? 'other';
  const set = (next: { column?: string; operator?: Operator; typed?: string }): void => {
    const to = { column: next.column ?? column, operator: next.operator ?? operator };
    const typed = next.typed ?? (operand?.kind === 'param' ? `:${operand.text}` : (operand?.text ?? ''));
    onChange({
      ...to,
      operand: takesOperand(to.operator) ? operandOf(typed, { ...to, kind: kindOf(to.column), params }) : null,
    });
  };
  return (
    <div className="filter-line">
      <Select
        value={column}
        disabled={disabled}
        inputProps={{ 'aria-label': words.column }}
        onChange={({ target }) => set({ column: target.value })}
        MenuProps={{ slotProps: { paper: { sx: { maxHeight: 320 } } } }}
      >
        {columns.map(({ name }) => (
          <MenuItem key={name} value={name}>
            {name}
          </MenuItem>
        ))}
      </Select>
      <Select
        value={operator}
        disabled={disabled}
        inputProps={{ 'aria-label': words.operator }}
        onChange={({ target }) => set({ operator: target.value })}
      >
        {OPERATORS.map((id) => (
          <MenuItem key={id} value={id}>
            {kindOf(column) === 'time' ? words.timeOperators[id] : words.operators[id]}
          </MenuItem>
        ))}
      </Select>
      {takesOperand(operator) ? (
        <OutlinedInput
          value={operand?.kind === 'param' ? `:${operand.text}` : (operand?.text ?? '')}
          disabled={disabled}
          onChange={({ target }) => set({ typed: target.value })}
          inputProps={{ 'aria-label': words.value, className: 'data', spellCheck: false }}
          endAdornment={operand?.kind === 'param' ? <span className="tag">{words.parameter}</span> : null}
        />
      ) : (
        <span />
      )}
      <IconButton aria-label={words.remove(column)} disabled={disabled} onClick={onRemove}>
        <CloseIcon size={14} />
      </IconButton>
    </div>
  );
}

interface OperandPlace {
  readonly operator: Operator;
  readonly kind: CompiledColumn['kind'];
  readonly params: readonly string[];
}

/** `:name` is a parameter where the plan has one of that name; digits are a number beside a column of numbers. */
function operandOf(typed: string, { operator, kind, params }: OperandPlace): Operand {
  const isPattern = operator === 'contains' || operator === 'startsWith';
  if (!isPattern && typed.startsWith(':') && params.includes(typed.slice(1)))
    return { kind: 'param', text: typed.slice(1) };
  return { kind: !isPattern && kind === 'number' && isNumberText(typed) ? 'number' : 'text', text: typed };
}
