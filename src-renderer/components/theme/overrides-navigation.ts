import { colors, type Overrides } from './focus-ring.ts';
import { SIZE } from './tokens.ts';

export const NAVIGATION: Overrides = {
  MuiMenu: {
    defaultProps: { transitionDuration: 0 },
    styleOverrides: {
      paper: ({ theme }) => ({ border: `1px solid ${colors(theme).line.strong}`, backgroundImage: 'none' }),
      list: { padding: 4 },
    },
  },
  MuiMenuItem: {
    styleOverrides: { root: { minHeight: 26, padding: '0 8px', fontSize: SIZE.ui, borderRadius: SIZE.radiusSmall } },
  },
  MuiLink: { defaultProps: { underline: 'hover' }, styleOverrides: { root: { fontWeight: 500 } } },
};
