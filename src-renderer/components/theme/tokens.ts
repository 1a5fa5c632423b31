/** Every measure and colour of the interface. Features never set colours or sizes themselves. */

export const FONT = {
  ui: '"Inter Variable", Inter, system-ui, sans-serif',
  data: '"JetBrains Mono Variable", "JetBrains Mono", ui-monospace, monospace', // ligatures off, slashed zero on
} as const;

export const SIZE = {
  ui: 13,
  small: 12,
  label: 11,
  data: 12,
  title: 15, // px
  row: 26,
  control: 28,
  bar: 36,
  status: 24, // px, all on the 4 px grid except the 26 px grid row (13 + 13)
  icon: 16,
  railIcon: 20,
  radius: 6,
  radiusSmall: 4,
} as const;

export type Tone = { main: string; tint: string };
export type Scheme = {
  surface: {
    frame: string;
    panel: string;
    editor: string;
    raised: string;
    hover: string;
    selected: string;
    code: string;
  };
  line: { soft: string; strong: string; control: string };
  text: { primary: string; secondary: string; faint: string };
  accent: { main: string; fill: string; fillHover: string; onFill: string; tint: string };
  ok: Tone;
  warn: Tone;
  bad: Tone;
  mask: Tone;
};

export const LIGHT: Scheme = {
  surface: {
    frame: '#ECEEEF',
    panel: '#F6F7F7',
    editor: '#FFFFFF',
    raised: '#FFFFFF',
    hover: '#EEF1F1',
    selected: '#DDECEA',
    code: '#F6F7F7',
  },
  line: { soft: '#E4E7E9', strong: '#D0D5D8', control: '#858D94' },
  text: { primary: '#15191C', secondary: '#4A5259', faint: '#626A71' },
  accent: { main: '#0A6B69', fill: '#0A6B69', fillHover: '#085856', onFill: '#FFFFFF', tint: '#E3F0EF' },
  ok: { main: '#1A7439', tint: '#E7F4EB' },
  warn: { main: '#8A5300', tint: '#FCF1DC' },
  bad: { main: '#B42318', tint: '#FCEAE8' },
  mask: { main: '#6045A0', tint: '#F1EDF9' },
};

export const DARK: Scheme = {
  surface: {
    frame: '#111314',
    panel: '#16191A',
    editor: '#1B1E20',
    raised: '#22272A',
    hover: '#24292B',
    selected: '#1C3836',
    code: '#16191A',
  },
  line: { soft: '#292E31', strong: '#3A4145', control: '#788188' },
  text: { primary: '#E4E7E9', secondary: '#AAB2B8', faint: '#979FA6' },
  accent: { main: '#4DBDB4', fill: '#127A75', fillHover: '#13827D', onFill: '#FFFFFF', tint: '#18302F' },
  ok: { main: '#62C588', tint: '#1A2E22' },
  warn: { main: '#E0B35F', tint: '#332A19' },
  bad: { main: '#F38F85', tint: '#3B2220' },
  mask: { main: '#BBA6EE', tint: '#2A2638' },
};

/** The colours a person may give a connection; `red` is what "production" suggests. Dots and edges only, never text. */
export const CONNECTION_COLORS = {
  red: '#D4453A',
  amber: '#D08412',
  green: '#3A9A63',
  blue: '#3D7DD8',
  violet: '#8562CF',
  grey: '#858D94',
} as const;
