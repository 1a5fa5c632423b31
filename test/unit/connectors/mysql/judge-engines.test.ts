import { describe, expect, it } from 'vitest';
import { reasonFor, type Reachable } from '../../../../src-main/connectors/mysql/judge-engines.ts';

const item = (namespace: string, name: string, more: Partial<Reachable> = {}): Reachable => ({
  ...{ namespace, name, engine: null, definition: null },
  ...more,
});
const REACHABLE = [
  item('shop', 'log', { engine: 'MyISAM' }),
  item('other', 'far', { engine: 'Aria' }),
  item('shop', 'odd`name', { engine: 'CSV' }),
  item('shop', 'simple', { definition: 'select `shop`.`t`.`id` from `shop`.`t`' }),
  item('shop', 'deep', { definition: 'select * from `shop`.`middle`' }),
  item('shop', 'middle', { definition: 'select * from `other`.`far`' }),
  item('shop', 'loop', { definition: 'select * from `shop`.`loop`' }),
  item('shop', 'hidden', { definition: '' }),
  item('shop', 'peek', { definition: 'return (select count(*) from log)' }),
];

describe('what a statement may reach', () => {
  it.each([
    ['select * from t', null],
    ['select * from log', 'MyISAM'],
    ['select * from LOG', 'MyISAM'],
    ['select * from `log` where 1', 'MyISAM'],
    ['select * from logs', null],
    ['select * from far', null],
    ['select * from other.far', 'Aria'],
    ['select * from `other` . `far`', 'Aria'],
    ['select * from `odd``name`', 'CSV'],
    ['select * from simple', null],
    ['select * from deep', 'Aria'],
    ['select * from `loop`', null],
    ['select * from hidden', 'not visible'],
    ['select peek()', 'MyISAM'],
    ['select * from information_schema.tables', 'information_schema'],
    ['select * from PERFORMANCE_SCHEMA.threads', 'performance_schema'],
  ])('%s: %s', (sql, part) => {
    const reason = reasonFor(sql, 'shop', REACHABLE);
    if (part === null) expect(reason).toBeNull();
    else expect(reason).toContain(part);
  });
});
