export const planKeys = {
  title: 'Pseudonyms of this plan',
  key: 'Pseudonym key',
  own: (connection: string) => `Own key of ${connection}`,
  ownUnmade:
    'Not made yet: the first pseudonym, among the rows shown here or in a run, makes it and keeps it where secrets are. That takes a moment.',
  missing: (name: string) => `${name}: not in this home`,
  destroyed: (name: string) => `${name}: destroyed`,
  new: 'New key…',
  newTitle: 'Make a pseudonym key',
  make: 'Make key',
  makeMissing: (name: string) => `Make ${name} here`,
  makeMissingHint: 'A key made here gives other pseudonyms than the one the plan was written with.',
  domain: 'Domain',
  domainHint: 'Same value, key, domain and class: same pseudonym.',
  openPlace: 'Choose where secrets live…',
} as const;
