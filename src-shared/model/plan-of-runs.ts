/** Runs of one plan: of one file, not only of one name. */
export interface PlanOfRuns<Run> {
  readonly plan: string;
  /** Path of the plan's file; null: the records of its runs do not tell. */
  readonly planPath: string | null;
  /** There are runs of other files that give their plan the same name. */
  readonly isNamesake: boolean;
  readonly runs: readonly Run[];
}

interface OfPlan {
  readonly plan: string;
  readonly planPath: string | null;
}

/**
 * Runs by the plan that they ran, the plan of the first run first. A run whose record does not tell the file belongs to the one
 * file that is known of its plan's name; where several are known, or none, it is of another plan.
 */
export function byPlan<Run extends OfPlan>(runs: readonly Run[]): readonly PlanOfRuns<Run>[] {
  const files = new Map<string, Set<string>>();
  for (const { plan, planPath } of runs) {
    if (planPath !== null) files.set(plan, (files.get(plan) ?? new Set()).add(planPath));
  }
  const fileOf = ({ plan, planPath }: OfPlan): string | null => {
    const known = [...(files.get(plan) ?? [])];
    return planPath ?? (known.length === 1 ? (known[0] ?? null) : null);
  };
  const groups = [...Map.groupBy(runs, (run) => JSON.stringify([run.plan, fileOf(run)])).values()];
  const named = Map.groupBy(groups, ([first]) => first?.plan);
  return groups.flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const { plan } = first;
    return [{ plan, planPath: fileOf(first), isNamesake: (named.get(plan)?.length ?? 1) > 1, runs: own }];
  });
}

/** The plan that a run is of, among those of all runs. */
export function planOf<Run>(plans: readonly PlanOfRuns<Run>[], of: OfPlan): PlanOfRuns<Run> | undefined {
  const named = plans.filter(({ plan }) => plan === of.plan);
  return named.length === 1 ? named[0] : named.find(({ planPath }) => planPath === of.planPath);
}
