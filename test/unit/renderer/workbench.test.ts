import { beforeEach, describe, expect, it } from 'vitest';
import { useWorkbench } from '../../../src-renderer/state/workbench.ts';

const { getState } = useWorkbench;
const plan = (id: string) => ({ kind: 'plan', id, title: id }) as const;

describe('the connection beside a plan', () => {
  beforeEach(() => useWorkbench.setState(useWorkbench.getInitialState(), true));

  it('follows the plan in front', () => {
    getState().openTab(plan('a'));
    getState().followConnection('sample');
    expect(getState().connection).toBe('sample');
  });

  it('is the one that a person chose, although the plan is read only afterwards', () => {
    getState().openTab(plan('a'));
    getState().chooseConnection('large');
    getState().followConnection('sample');
    expect(getState().connection).toBe('large');
  });

  it('is another one once the chosen one is gone', () => {
    getState().openTab(plan('a'));
    getState().chooseConnection('large');
    getState().chooseConnection(null);
    getState().followConnection('sample');
    expect(getState().connection).toBe('sample');
  });

  it('follows again when another plan comes to the front', () => {
    getState().openTab(plan('a'));
    getState().chooseConnection('large');
    getState().openTab(plan('b'));
    getState().followConnection('sample');
    expect(getState().connection).toBe('sample');
  });
});
