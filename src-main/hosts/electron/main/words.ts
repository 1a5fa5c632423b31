/** Every word that the main process shows: menus and dialogs are the system's, outside the pages' own catalogue. */
export const words = {
  application: 'Waybill',
  menu: {
    file: 'File',
    closeTab: 'Close Tab',
    edit: 'Edit',
    view: 'View',
    search: 'Search or Run an Action',
    sections: {
      explore: 'Explore',
      plans: 'Plans',
      runs: 'Runs',
      targets: 'Targets',
      ledger: 'Ledger',
      audit: 'Audit',
      settings: 'Settings',
    },
    light: 'Light Colours',
    dark: 'Dark Colours',
    system: 'Colours of the System',
    nextTab: 'Next Tab',
    previousTab: 'Previous Tab',
    window: 'Window',
    help: 'Help',
    keys: 'Keys',
  },
  leave: {
    message: underWay,
    detail: 'If you quit now, that is cancelled and recorded as such. Nothing that was finished is lost.',
    stay: 'Keep Running',
    quit: 'Quit',
  },
  coreFailed: {
    detail: (remedy: string | null) => remedy ?? 'Start Waybill again.',
    quit: 'Quit',
    again: 'Start Again',
  },
  pageGone: {
    message: 'The window has stopped working.',
    detail: 'Exports go on in the background.',
    reload: 'Open It Again',
    quit: 'Quit',
  },
  fileKinds: 'Files',
} as const;

function underWay({ runs, deliveries }: { readonly runs: number; readonly deliveries: number }): string {
  const exports = runs === 1 ? 'An export is running' : `${runs} exports are running`;
  const sent = deliveries === 1 ? 'a delivery is under way' : `${deliveries} deliveries are under way`;
  if (deliveries === 0) return `${exports}.`;
  return runs === 0 ? `${sent[0]?.toUpperCase()}${sent.slice(1)}.` : `${exports}, and ${sent}.`;
}
