import type { ReactNode } from 'react';
export interface IconProps {
  /** Pixels: 12 and 14 in rows, 16 in bars, 20 in the rail. */
  readonly size?: number;
  readonly className?: string;
}

export type Icon = (props: IconProps) => ReactNode;

const icon =
  (drawing: ReactNode): Icon =>
  ({ size = 16, className = '' }) => (
    <svg
      className={`icon ${className}`}
      width={size}
      height={size}
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={size > 16 ? 1.2 : 1.4}
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden
    >
      {drawing}
    </svg>
  );
export const ExploreIcon = icon(
  <>
    <ellipse cx="8" cy="3.75" rx="5" ry="2" />
    <path d="M3 3.75v8.5c0 1.1 2.24 2 5 2s5-.9 5-2v-8.5M3 8c0 1.1 2.24 2 5 2s5-.9 5-2" />
  </>,
);
export const PlanIcon = icon(
  <>
    <path d="M3.5 1.75h6l3 3v9.5h-9z" />
    <path d="M9.5 1.75v3h3M6 8h4M6 11h4" />
  </>,
);
export const RunIcon = icon(<path d="M4.5 2.75v10.5L13 8z" />);
export const HistoryIcon = icon(<path d="M2.25 2.25v11.5h11.5M4.75 10.5l2.75-3.25 2.25 1.75 3.5-4.75" />);
export const TargetIcon = icon(
  <>
    <path d="M14 2 7.25 8.75M14 2 9.75 14l-2.5-5.25L2 6.25z" />
  </>,
);
export const LedgerIcon = icon(
  <>
    <path d="M3.5 2h9v12h-9zM6 2v12" />
    <path d="M8.25 5.25h2M8.25 8h2" />
  </>,
);
export const AuditIcon = icon(
  <>
    <path d="M8 1.5 13 3.5v4c0 3.2-2 5.6-5 7-3-1.4-5-3.8-5-7v-4z" />
    <path d="m5.75 7.75 1.75 1.75 3-3.25" />
  </>,
);
export const SettingsIcon = icon(
  <>
    <path d="M2 4.5h7M12.5 4.5H14M2 11.5h1.5M7 11.5h7" />
    <circle cx="10.75" cy="4.5" r="1.75" />
    <circle cx="5.25" cy="11.5" r="1.75" />
  </>,
);
export const SearchIcon = icon(
  <>
    <circle cx="7" cy="7" r="4.25" />
    <path d="m10.25 10.25 3.5 3.5" />
  </>,
);
export const CloseIcon = icon(<path d="m4.25 4.25 7.5 7.5m0-7.5-7.5 7.5" />);
export const DownIcon = icon(<path d="m4.5 6.25 3.5 3.5 3.5-3.5" />);
export const UpIcon = icon(<path d="M8 13V3.5M4 7.25 8 3.25l4 4" />);
export const HomeIcon = icon(<path d="M2.25 7.5 8 2.5l5.75 5M3.75 6.5v7h8.5v-7" />);
export const RightIcon = icon(<path d="m6.25 4.5 3.5 3.5-3.5 3.5" />);
export const TableIcon = icon(
  <>
    <rect x="2.25" y="2.75" width="11.5" height="10.5" rx="1" />
    <path d="M2.25 6.25h11.5M6.5 6.25v7" />
  </>,
);
export const KeyIcon = icon(
  <>
    <circle cx="5.25" cy="10.75" r="2.75" />
    <path d="m7.25 8.75 5.5-5.5M10.5 5.5l2 2" />
  </>,
);
export const LinkIcon = icon(
  <>
    <path d="M3 8h8M8 4.75 11.25 8 8 11.25M13.5 3.5v9" />
  </>,
);
export const MaskIcon = icon(
  <>
    <path d="M1.75 5.5C3.5 4 6 4.25 8 5.5c2-1.25 4.5-1.5 6.25 0 0 4-1.5 6-3.5 6-1.5 0-2-1.25-2.75-1.25S6.75 11.5 5.25 11.5c-2 0-3.5-2-3.5-6z" />
    <path d="M4.5 7.6h1.75M9.75 7.6h1.75" />
  </>,
);
export const CheckIcon = icon(<path d="m3.25 8.5 3.25 3.25 6.25-7.5" />);
export const OkIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="m5.4 8.2 1.9 1.9 3.4-3.9" />
  </>,
);
export const WarnIcon = icon(
  <>
    <path d="M8 2.25 14.25 13.5H1.75z" />
    <path d="M8 6.5v3.25M8 11.6v.05" />
  </>,
);
export const BadIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="m5.9 5.9 4.2 4.2m0-4.2-4.2 4.2" />
  </>,
);
export const InfoIcon = icon(
  <>
    <circle cx="8" cy="8" r="6" />
    <path d="M8 7.4v3.4M8 5.2v.05" />
  </>,
);
export const PendingIcon = icon(<circle cx="8" cy="8" r="5.5" strokeDasharray="2 2.3" />);
export const WorkingIcon = icon(
  <>
    <circle cx="8" cy="8" r="5.75" opacity=".35" />
    <path d="M8 2.25A5.75 5.75 0 0 1 13.75 8" />
  </>,
);
export const LockIcon = icon(
  <>
    <rect x="3.25" y="7" width="9.5" height="6.75" rx="1" />
    <path d="M5.25 7V5a2.75 2.75 0 0 1 5.5 0v2" />
  </>,
);
export const CopyIcon = icon(
  <>
    <rect x="5.5" y="5.5" width="8" height="8" rx="1" />
    <path d="M3.5 10.5h-1v-8h8v1" />
  </>,
);
export const FolderIcon = icon(<path d="M1.75 12.75v-9.5h4.5l1.5 2h6.5v7.5z" />);
export const PauseIcon = icon(<path d="M5.25 3v10M10.75 3v10" />);
export const StopIcon = icon(<rect x="3.5" y="3.5" width="9" height="9" rx="1" />);
export const MoreIcon = icon(
  <>
    <path d="M3.5 8h.01M8 8h.01M12.5 8h.01" strokeWidth="2" />
  </>,
);
export const PlusIcon = icon(<path d="M8 3v10M3 8h10" />);
export const FileIcon = icon(
  <>
    <path d="M4 1.75h5.5l3 3v9.5H4z" />
    <path d="M9.5 1.75v3h3" />
  </>,
);
export const RefreshIcon = icon(
  <>
    <path d="M13.25 8a5.25 5.25 0 1 1-1.6-3.75" />
    <path d="M13.25 2v3h-3" />
  </>,
);
export const EyeIcon = icon(
  <>
    <path d="M1.5 8S4 3.75 8 3.75 14.5 8 14.5 8 12 12.25 8 12.25 1.5 8 1.5 8z" />
    <circle cx="8" cy="8" r="1.75" />
  </>,
);
export const GraphIcon = icon(
  <>
    <rect x="1.75" y="5.75" width="4.5" height="4.5" rx="1" />
    <rect x="9.75" y="1.75" width="4.5" height="4.5" rx="1" />
    <rect x="9.75" y="9.75" width="4.5" height="4.5" rx="1" />
    <path d="M6.25 8H8V4h1.75M8 8v4h1.75" />
  </>,
);
export const ListIcon = icon(<path d="M2.5 4h11M2.5 8h11M2.5 12h11" />);
// Glyphs of a checkbox, filled so that they stay crisp at 16 px.
export const BoxIcon = () => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
    <rect x="2" y="2" width="12" height="12" rx="3" fill="none" stroke="currentColor" strokeWidth="1.2" />
  </svg>
);
export const BoxOnIcon = () => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
    <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor" />
    <path
      d="m4.6 8.2 2.4 2.4 4.4-5"
      fill="none"
      stroke="var(--mui-palette-surface-editor)"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    />
  </svg>
);
export const BoxSomeIcon = () => (
  <svg width="16" height="16" viewBox="0 0 16 16" aria-hidden>
    <rect x="1.5" y="1.5" width="13" height="13" rx="3" fill="currentColor" />
    <path
      d="M4.75 8h6.5"
      fill="none"
      stroke="var(--mui-palette-surface-editor)"
      strokeWidth="1.8"
      strokeLinecap="round"
    />
  </svg>
);
