/** What the driver hands out for a cell, as canonical text or bytes. A LOB is not read here: {@link isLob}. */
import type { Lob } from 'oracledb';
import type { ReadColumn } from '../../../src-shared/model/table-read.ts';
import type { BatchWriter } from '../kit/batch-writer.ts';
import { float32Text, floatText } from '../kit/number-text.ts';
import { decimalText, intervalText, timestampText } from './respell.ts';
import { parseNativeType } from './types.ts';
import { vectorText } from './vector-text.ts';

/** Writes one value that is not NULL; false: it is in a form that is not known, and nothing was written. */
export type CellWriter = (writer: BatchWriter, value: unknown) => boolean;

/** The writer of a column's cells. */
export function cellWriter({ type, nativeType }: ReadColumn): CellWriter {
  switch (type.kind) {
    case 'int':
    case 'decimal':
      return fromText(decimalText);
    case 'float':
      return writeFloat(type.bits === 32 ? float32Text : floatText);
    case 'timestamp':
      return fromText((text) => timestampText(text, type.zone === 'utc' ? 'Z' : ''));
    case 'interval':
      return fromText(intervalText);
    case 'boolean':
      return (writer, value) => typeof value === 'boolean' && write(writer, String(value));
    case 'bytes':
      return writeBytes;
    case 'text':
      return parseNativeType(nativeType)?.name === 'VECTOR'
        ? writeVector
        : fromText((text) => (text.isWellFormed() ? text : null));
    case 'json':
    case 'array':
    case 'date':
    case 'time':
      return fromText((text) => text);
  }
}

/** Whether a value is a LOB's locator, whose content is still on the server. */
export function isLob(value: unknown): value is Lob {
  return typeof value === 'object' && value !== null && typeof (value as { getData?: unknown }).getData === 'function';
}

function write(writer: BatchWriter, text: string | null): boolean {
  if (text === null) return false;
  writer.writeText(text);
  return true;
}

function fromText(respell: (text: string) => string | null): CellWriter {
  return (writer, value) => typeof value === 'string' && write(writer, respell(value));
}

function writeFloat(spell: (value: number) => string): CellWriter {
  return (writer, value) => typeof value === 'number' && write(writer, spell(value));
}

function writeVector(writer: BatchWriter, value: unknown): boolean {
  return write(writer, vectorText(value));
}

function writeBytes(writer: BatchWriter, value: unknown): boolean {
  if (!(value instanceof Uint8Array)) return false;
  writer.writeBytes(value);
  return true;
}
