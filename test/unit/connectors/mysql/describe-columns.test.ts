import { describe, expect, it } from 'vitest';
import { meaningOf } from '../../../../src-main/connectors/mysql/describe-columns.ts';
import { logicalType } from '../../../../src-main/connectors/mysql/types.ts';
import type { WireColumn } from '../../../../src-main/connectors/mysql/result-head.ts';
import { describeType } from '../../../../src-shared/model/logical-type.ts';

const wire = (type: number, more: Partial<WireColumn> = {}): WireColumn => ({
  ...{ name: 'c', type, collation: 45, length: 400, flags: 0, decimals: 0, extendedType: null },
  ...more,
});

describe('output columns as the protocol describes them', () => {
  it.each<readonly [number, Partial<WireColumn>, string, string]>([
    [8, { flags: 32 }, 'bigint unsigned', 'unsigned int64'],
    [3, { flags: 32 | 64 }, 'int unsigned zerofill', 'unsigned int32'],
    [246, { length: 12, decimals: 2 }, 'decimal(10,2)', 'decimal(10,2)'],
    [246, { length: 11, decimals: 2, flags: 32 }, 'decimal(10,2) unsigned', 'decimal(10,2)'],
    [16, { length: 12 }, 'bit(12)', 'unsigned int16'],
    [7, { decimals: 3 }, 'timestamp(3)', 'timestamp(3) utc'],
    [12, { decimals: 39 }, 'datetime(6)', 'timestamp(6)'],
    [253, { length: 40 }, 'varchar(10)', 'text(10)'],
    [253, { length: 40, collation: 63 }, 'varbinary(40)', 'bytes'],
    [254, { length: 40, flags: 256 }, 'enum', 'text(10)'],
    [251, { length: 0xffffffff }, 'longtext', 'text'],
    [252, { collation: 63 }, 'blob', 'bytes'],
    [245, {}, 'json', 'json'],
    [254, { extendedType: 'uuid' }, 'uuid', 'text(36)'],
    [255, { extendedType: 'point' }, 'geometry', 'bytes'],
  ])('type %i with %j is %s', (type, more, nativeType, logical) => {
    const meaning = meaningOf(wire(type, more));
    expect(meaning?.nativeType).toBe(nativeType);
    expect(meaning === null ? '' : describeType(meaning.type)).toBe(logical);
  });

  it('knows what it does not know', () => {
    expect(meaningOf(wire(242))).toBeNull();
    expect(meaningOf(wire(253, { extendedType: 'xmltype' }))).toBeNull();
    const row = { characters: null, precision: null, scale: null, digits: null };
    expect(logicalType({ ...row, dataType: 'vector', columnType: 'vector(3)' })).toBeNull();
    expect(logicalType({ ...row, dataType: 'JSON', columnType: 'json' })).toEqual({ kind: 'json' });
  });
});
