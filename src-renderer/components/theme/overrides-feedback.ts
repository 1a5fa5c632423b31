import { colors, type Overrides } from './focus-ring.ts';

export const FEEDBACK: Overrides = {
  MuiLinearProgress: {
    styleOverrides: {
      root: ({ theme }) => ({ height: 4, borderRadius: 2, background: colors(theme).line.soft }),
      bar: ({ theme }) => ({
        borderRadius: 2,
        background: colors(theme).accent.main,
        transition: 'transform 150ms linear',
      }),
    },
  },
  MuiDialog: {
    defaultProps: { transitionDuration: 100 },
    styleOverrides: {
      paper: ({ theme }) => ({
        border: `1px solid ${colors(theme).line.strong}`,
        borderRadius: 8,
        backgroundImage: 'none',
      }),
    },
  },
  MuiBackdrop: {
    styleOverrides: {
      root: { backgroundColor: 'rgba(10, 14, 16, .38)' },
      invisible: { backgroundColor: 'transparent' },
    },
  },
};
