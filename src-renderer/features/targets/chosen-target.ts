import { create } from 'zustand';

interface ChosenTarget {
  /** Name of the target whose detail is shown. */
  readonly name: string | null;
  readonly adding: boolean;
}

/** Which target the two halves of the section look at. */
export const useChosenTarget = create<ChosenTarget>()(() => ({ name: null, adding: false }));

export const chooseTarget = (name: string | null): void => useChosenTarget.setState({ name });
export const addTarget = (adding: boolean): void => useChosenTarget.setState({ adding });
