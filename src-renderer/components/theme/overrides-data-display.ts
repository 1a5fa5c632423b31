import { colors, ring, type Overrides } from './focus-ring.ts';
import { FONT, SIZE } from './tokens.ts';

export const DATA_DISPLAY: Overrides = {
  MuiTooltip: {
    defaultProps: { enterDelay: 400, arrow: false },
    styleOverrides: {
      tooltip: ({ theme }) => ({
        background: colors(theme).text.primary,
        color: colors(theme).surface.editor,
        fontSize: SIZE.small,
        padding: '4px 8px',
        borderRadius: SIZE.radiusSmall,
      }),
    },
  },
  MuiChip: {
    defaultProps: { size: 'small' },
    styleOverrides: {
      root: ({ theme }) => ({
        height: 20,
        fontSize: SIZE.small,
        borderRadius: SIZE.radiusSmall,
        background: colors(theme).surface.hover,
      }),
      label: { padding: '0 6px' },
    },
  },
  MuiDataGrid: {
    defaultProps: {
      density: 'standard',
      rowHeight: SIZE.row,
      columnHeaderHeight: SIZE.row,
      hideFooter: true,
      disableColumnMenu: true,
    },
    styleOverrides: {
      root: ({ theme }) => ({
        '--DataGrid-rowBorderColor': colors(theme).line.soft,
        border: 0,
        borderRadius: 0,
        fontSize: SIZE.ui,
        lineHeight: '16px',
        color: colors(theme).text.primary,
        '& .data': { fontFamily: FONT.data, fontSize: SIZE.data, fontFeatureSettings: '"calt" 0, "zero"' },
        '& .masked': { background: colors(theme).mask.tint },
        '& .MuiDataGrid-cell[aria-colindex="1"], & .MuiDataGrid-columnHeader[aria-colindex="1"]': { paddingLeft: 12 }, // first column lines up with the heading above it
      }),
      columnHeader: ({ theme }) => ({
        padding: '0 8px',
        fontSize: SIZE.label,
        color: colors(theme).text.faint,
        '&:focus-visible, &:focus-within': { ...ring(theme, true) },
      }),
      columnHeaderTitle: { fontWeight: 500 },
      columnSeparator: ({ theme }) => ({
        color: colors(theme).line.strong,
        opacity: '0 !important',
        '.MuiDataGrid-columnHeaders:hover &': { opacity: '1 !important' },
      }), // only while reaching for it
      cell: ({ theme }) => ({ padding: '0 8px', '&:focus, &:focus-within': { ...ring(theme, true), borderRadius: 2 } }),
      row: ({ theme }) => ({
        '&:hover': { background: colors(theme).surface.hover },
        '&.Mui-selected, &.Mui-selected:hover': { background: colors(theme).surface.selected },
      }),
    },
  },
  MuiTreeItem: {
    styleOverrides: {
      content: ({ theme }) => ({
        height: 24,
        padding: '0 8px 0 4px',
        '.MuiTreeItem-groupTransition &': { paddingLeft: 16 },
        gap: 4,
        borderRadius: 0,
        '&:hover': { background: colors(theme).surface.hover },
        '&[data-focused]': { ...ring(theme, true), background: 'transparent' },
        '&[data-selected], &[data-selected]:hover': { background: colors(theme).surface.selected },
      }),
      iconContainer: ({ theme }) => ({ width: 16, color: colors(theme).text.faint }),
      label: { fontSize: SIZE.ui, padding: 0, lineHeight: '16px' },
      groupTransition: { padding: 0, transition: 'none' }, // the row, not the list, carries the indent: selection runs edge to edge
    },
  },
};
