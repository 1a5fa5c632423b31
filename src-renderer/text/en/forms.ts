export const forms = {
  usual: (value: string) => `usual: ${value}`,
  notSaid: 'usual',
  listHint: 'Separated by commas.',
  show: 'Show',
  hide: 'Hide',
  needed: (title: string) => `${title} is needed.`,
  /** Values of options in words, by property. A value without one is shown as it is written in files. */
  choices: {
    tls: {
      disable: 'No encryption',
      require: 'Encrypt, verify nothing',
      'verify-ca': 'Verify the certificate',
      'verify-full': 'Verify everything',
    },
  } as Readonly<Record<string, Readonly<Record<string, string>>>>,
} as const;
