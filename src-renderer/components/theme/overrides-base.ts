import { ring, type Overrides } from './focus-ring.ts';
import { SIZE } from './tokens.ts';

export const BASE: Overrides = {
  MuiCssBaseline: {
    styleOverrides: (theme) => ({
      html: { fontSize: SIZE.ui },
      body: { fontSize: SIZE.ui, lineHeight: '20px', WebkitFontSmoothing: 'antialiased' },
      ':focus-visible': ring(theme),
      '@media (prefers-reduced-motion: reduce)': {
        '*, *::before, *::after': { transition: 'none !important', animation: 'none !important' },
      },
    }),
  },
  MuiButtonBase: { defaultProps: { disableRipple: true, disableTouchRipple: true } },
};
