import type { Outgoing } from './outbox/outgoing.js';
import type { EphemeralEvent, ErrorFrame, RoomEvent, UnknownFrame } from './socket/frames.js';
import type { ConnectionState } from './socket/state.js';

/** What a client tells. */
export interface ClientEvents {
  state: ConnectionState;
  /** Every event of every followed room, in each room's order; before the room's own listeners hear it. */
  event: RoomEvent;
  /** Told at least once; after `online` read the list of rooms, as nothing is told to who is away. */
  'room.added': Extract<EphemeralEvent, { type: 'room.added' }>;
  'room.removed': Extract<EphemeralEvent, { type: 'room.removed' }>;
  'read.updated': Extract<EphemeralEvent, { type: 'read.updated' }>;
  'presence.updated': Extract<EphemeralEvent, { type: 'presence.updated' }>;
  'user.updated': Extract<EphemeralEvent, { type: 'user.updated' }>;
  outgoing: Outgoing;
  /** A frame that this version does not know, or an error of the server that answers nothing. */
  frame: UnknownFrame | ErrorFrame;
  /** What went wrong where nobody waits for it: a listener, a storage. Without a listener it goes to the console. */
  error: unknown;
}
