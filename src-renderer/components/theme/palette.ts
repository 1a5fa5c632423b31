/// <reference types="@mui/material/themeCssVarsAugmentation" />
import type { Scheme, Tone } from './tokens.ts';

declare module '@mui/material/styles' {
  interface Palette {
    surface: Scheme['surface'];
    line: Scheme['line'];
    accent: Scheme['accent'];
    mask: Tone;
    ok: Tone;
    warn: Tone;
    bad: Tone;
  }
  interface PaletteOptions extends Partial<
    Pick<Palette, 'surface' | 'line' | 'accent' | 'mask' | 'ok' | 'warn' | 'bad'>
  > {}
  interface TypeText {
    faint: string;
  }
}

/** The palette of a colour scheme, in MUI's terms and in our own. */
export const paletteOf = (s: Scheme) => ({
  primary: { main: s.accent.main, dark: s.accent.fillHover, contrastText: s.accent.onFill },
  success: { main: s.ok.main },
  warning: { main: s.warn.main },
  error: { main: s.bad.main },
  info: { main: s.text.secondary },
  text: { ...s.text, disabled: s.text.faint },
  background: { default: s.surface.editor, paper: s.surface.raised },
  divider: s.line.soft,
  DataGrid: { bg: s.surface.editor, headerBg: s.surface.editor, pinnedBg: s.surface.editor },
  surface: s.surface,
  line: s.line,
  accent: s.accent,
  mask: s.mask,
  ok: s.ok,
  warn: s.warn,
  bad: s.bad,
});
