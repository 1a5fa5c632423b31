import { counted } from '../../../src-shared/util/format-number.ts';

export const planDeliver = {
  value: (deliveries: readonly { readonly target: string }[]) => {
    const [first, ...others] = deliveries;
    if (first === undefined) return 'this computer only';
    return others.length === 0 ? first.target : counted(deliveries.length, 'target');
  },
  title: 'The package is delivered to',
  hint: 'one after the other, when it is sealed',
  none: 'It stays on this computer.',
  noneHint:
    'The run writes it to its folder and sends it nowhere. Choose a target below to have each run delivered, or deliver a package later, from its run.',
  list: 'Deliveries of this plan',
  order: 'Order',
  target: 'Target',
  place: 'Leads to',
  path: 'Folder at the target',
  pathOf: (target: string) => `Folder at ${target}`,
  pathEmpty: 'the root of the target',
  pathBad: (typed: string) =>
    `“${typed}” is not saved. Name a folder below the root of the target, without a leading slash or .. parts.`,
  unknown: 'This home has no target of this name.',
  up: (target: string) => `Deliver to ${target} earlier`,
  remove: (target: string) => `Deliver to ${target} no more`,
  rules:
    'Each target is opened before the first row is read: a login or a host key that does not hold is known then. A package that lacks tables is not sent. Each file is read back there. A delivery that fails changes nothing of the package.',
  targets: 'Targets',
  targetsHint: 'saved in this home; plans name them',
  add: 'Add a target…',
  noTargets: 'No target is saved.',
  noTargetsHint: 'A target is a place that packages are delivered to: a folder, a share, an SFTP server.',
  hostKey: 'Pinned host key',
  choose: 'Deliver there',
  chooseThis: (target: string) => `Deliver there: ${target}`,
} as const;
