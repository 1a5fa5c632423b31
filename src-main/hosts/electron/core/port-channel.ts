import type { MessagePortMain } from 'electron';
import type { Channel } from '../../../app/desk/serve-channel.ts';

/** A port to a page as a channel. What came before somebody listened is kept by the port until it is started. */
export function portChannel(port: MessagePortMain): Channel {
  return {
    send: (frame) => port.postMessage(frame),
    onFrame(listener) {
      port.on('message', (event) => listener(event.data));
      port.start();
    },
    onClose: (listener) => port.on('close', listener),
    close: () => port.close(),
  };
}
