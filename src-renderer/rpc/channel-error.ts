import { AppError } from '../../src-shared/errors/app-error.ts';

/** Why a channel ended: with the core, or alone while the core goes on. */
export type ChannelEnd = 'core' | 'channel';

/** A channel that ended, said as an error. */
export function channelError(end: ChannelEnd): AppError {
  if (end === 'core') {
    return new AppError('APP/CORE_LOST', {
      message: 'Waybill’s core has stopped.',
      remedy: 'Start Waybill again; what was finished is kept.',
    });
  }
  return new AppError('APP/CHANNEL_CLOSED', {
    message: 'The connection between this window and Waybill’s core was closed.',
    remedy: 'Load the window again. Runs and deliveries go on.',
  });
}

/** An answer that says nothing that this window knows: the core is of another version, or one of both is wrong. */
export function unreadableAnswer(path: readonly string[], cause: unknown): AppError {
  return new AppError('APP/ANSWER_UNREADABLE', {
    message: `The answer of Waybill’s core to ${path.join('.')} could not be read.`,
    remedy: 'Load the window again. If that does not help, start Waybill again.',
    cause,
  });
}
