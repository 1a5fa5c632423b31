/** Channels between the preload script and the main process. A page never sees them: it has the bridge. */
export const CHANNELS = {
  /** Page → main: a channel to the core, please. */
  connect: 'waybill:connect',
  /** Main → page: here it is. */
  port: 'waybill:port',
  /** Main → page: the core is gone. */
  coreClosed: 'waybill:core-closed',
  /** Main → page: an action of the menu was chosen. */
  command: 'waybill:command',
  /** Page → main: how far the work is. */
  progress: 'waybill:progress',
  chooseFolder: 'waybill:choose-folder',
  chooseFile: 'waybill:choose-file',
  chooseNewFile: 'waybill:choose-new-file',
} as const;
