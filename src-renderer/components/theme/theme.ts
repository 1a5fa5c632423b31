import { createTheme, type Theme } from '@mui/material/styles';
import { BASE } from './overrides-base.ts';
import { DATA_DISPLAY } from './overrides-data-display.ts';
import { FEEDBACK } from './overrides-feedback.ts';
import { INPUTS } from './overrides-inputs.ts';
import { NAVIGATION } from './overrides-navigation.ts';
import { paletteOf } from './palette.ts';
import { DARK, FONT, LIGHT, SIZE } from './tokens.ts';

const shadow = '0 8px 24px rgba(10, 14, 16, .18)';
export const theme = createTheme({
  cssVariables: { colorSchemeSelector: '[data-theme="%s"]' },
  colorSchemes: { light: { palette: paletteOf(LIGHT) }, dark: { palette: paletteOf(DARK) } },
  spacing: 4,
  shape: { borderRadius: SIZE.radius },
  shadows: [
    'none',
    ...Array.from({ length: 24 }, (_, i) => (i < 7 ? '0 4px 12px rgba(10, 14, 16, .14)' : shadow)),
  ] as Theme['shadows'],
  typography: {
    fontFamily: FONT.ui,
    fontSize: SIZE.ui,
    htmlFontSize: SIZE.ui,
    body1: { fontSize: SIZE.ui, lineHeight: '20px' },
    body2: { fontSize: SIZE.small, lineHeight: '16px' },
  },
  components: { ...BASE, ...INPUTS, ...DATA_DISPLAY, ...FEEDBACK, ...NAVIGATION },
});
