import type { Emitter } from './emitter.js';
import type { ClientEvents } from './events.js';
import type { Room } from './room/room.js';
import type { ServerFrame } from './socket/frames.js';

/** Tells a frame that is of the moment to those who listen for it: at its room, at the client, or both. */
export function tell(frame: ServerFrame, client: Emitter<ClientEvents>, room: (id: string) => Room | undefined): void {
  switch (frame.type) {
    case 'typing':
      room(frame.room_id)?.emit('typing', frame);
      return;
    case 'presence.snapshot':
    case 'presence.count':
      room(frame.room_id)?.emit('presence', frame);
      return;
    case 'read.updated':
      room(frame.room_id)?.emit('read', frame);
      client.emit('read.updated', frame);
      return;
    case 'room.added':
      client.emit('room.added', frame);
      return;
    case 'room.removed':
      client.emit('room.removed', frame);
      return;
    case 'presence.updated':
      client.emit('presence.updated', frame);
      return;
    case 'user.updated':
      client.emit('user.updated', frame);
      return;
    case 'error':
    case 'unknown':
      client.emit('frame', frame);
      return;
    default:
      // Of the connection, or of a room's log: told elsewhere.
      return;
  }
}
