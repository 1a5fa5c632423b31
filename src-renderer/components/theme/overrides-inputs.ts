import { colors, ring, type Overrides } from './focus-ring.ts';
import { SIZE } from './tokens.ts';

export const INPUTS: Overrides = {
  MuiButton: {
    defaultProps: { disableElevation: true, size: 'small', color: 'inherit' },
    styleOverrides: {
      root: ({ theme }) => ({
        height: SIZE.control,
        minWidth: 0,
        padding: '0 10px',
        gap: 6,
        fontSize: SIZE.ui,
        fontWeight: 500,
        lineHeight: '16px',
        textTransform: 'none',
        letterSpacing: 0,
        whiteSpace: 'nowrap',
        transition: 'background-color 100ms',
        '&:focus-visible': ring(theme),
        '&.Mui-disabled': { color: colors(theme).text.faint },
      }),
      outlined: ({ theme }) => ({
        borderColor: colors(theme).line.strong,
        background: colors(theme).surface.raised,
        '&:hover': { background: colors(theme).surface.hover, borderColor: colors(theme).line.control },
      }),
      text: ({ theme }) => ({
        color: colors(theme).text.secondary,
        '&:hover': { background: colors(theme).surface.hover, color: colors(theme).text.primary },
      }),
      contained: ({ theme }) => ({
        background: colors(theme).accent.fill,
        color: colors(theme).accent.onFill,
        '&:hover': { background: colors(theme).accent.fillHover },
        '&.Mui-disabled': {
          background: colors(theme).surface.hover,
          color: colors(theme).text.faint,
          boxShadow: `inset 0 0 0 1px ${colors(theme).line.strong}`,
        },
      }),
    },
  },
  MuiIconButton: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: ({ theme }) => ({
        width: 24,
        height: 24,
        padding: 0,
        borderRadius: SIZE.radiusSmall,
        color: colors(theme).text.secondary,
        '&:hover': { background: colors(theme).surface.hover, color: colors(theme).text.primary },
        '&:focus-visible': ring(theme),
      }),
    },
  },
  MuiOutlinedInput: {
    styleOverrides: {
      root: ({ theme }) => ({
        height: SIZE.control,
        fontSize: SIZE.ui,
        background: colors(theme).surface.editor,
        borderRadius: SIZE.radius,
        '& .MuiOutlinedInput-notchedOutline': {
          borderColor: colors(theme).line.strong,
          transition: 'border-color 100ms',
        },
        '&:hover .MuiOutlinedInput-notchedOutline': { borderColor: colors(theme).line.control },
        '&.Mui-focused .MuiOutlinedInput-notchedOutline': { borderColor: colors(theme).accent.main, borderWidth: 2 },
        '&.Mui-error .MuiOutlinedInput-notchedOutline': { borderColor: colors(theme).bad.main },
        '&.MuiInputBase-multiline': { height: 'auto', padding: '4px 8px' },
      }),
      input: { padding: '0 8px', height: SIZE.control, boxSizing: 'border-box' },
    },
  },
  MuiSelect: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      select: { minHeight: '0 !important', lineHeight: `${SIZE.control}px`, padding: '0 24px 0 8px !important' },
      icon: { right: 6, fontSize: SIZE.icon },
    },
  },
  MuiSwitch: {
    styleOverrides: {
      root: { width: 28, height: 16, padding: 0 },
      switchBase: ({ theme }) => ({
        padding: 2,
        '&.Mui-checked': {
          transform: 'translateX(12px)',
          color: colors(theme).accent.onFill,
          '& + .MuiSwitch-track': { background: colors(theme).accent.fill, opacity: 1 },
        },
      }),
      thumb: { width: 12, height: 12, boxShadow: 'none' },
      track: ({ theme }) => ({ borderRadius: 8, opacity: 1, background: colors(theme).line.control }),
    },
  },
  MuiToggleButtonGroup: { styleOverrides: { root: { height: 24 } } },
  MuiToggleButton: {
    styleOverrides: {
      root: ({ theme }) => ({
        height: 24,
        padding: '0 8px',
        fontSize: SIZE.small,
        fontWeight: 500,
        textTransform: 'none',
        color: colors(theme).text.secondary,
        borderColor: colors(theme).line.strong,
        '&.Mui-selected, &.Mui-selected:hover': {
          background: colors(theme).surface.selected,
          color: colors(theme).text.primary,
        },
      }),
    },
  },
};
