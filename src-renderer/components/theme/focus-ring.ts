/// <reference types="@mui/x-data-grid/themeAugmentation" />
/// <reference types="@mui/x-tree-view/themeAugmentation" />
import type { Components, Theme } from '@mui/material/styles';

export type Overrides = Components<Omit<Theme, 'components'>>;
export type Vars = { theme: Omit<Theme, 'components'> };
/** Colours as CSS variables, so that a change of scheme redraws nothing. */
export const colors = (theme: Vars['theme']) => (theme.vars ?? theme).palette;
/** One focus ring for everything; `inset` where a neighbour would clip it. */
export const ring = (theme: Vars['theme'], inset = false) => ({
  outline: `2px solid ${colors(theme).accent.main}`,
  outlineOffset: inset ? -2 : 1,
});
