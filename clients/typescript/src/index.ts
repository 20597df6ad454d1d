/** Parley for browsers and Node. Start at {@link ParleyClient}. */
export { ParleyClient, type Page } from './client.js';
export type { ClientEvents } from './events.js';
export type { ClientOptions, LoginOptions, RegisterOptions } from './options.js';
export { ParleyError, type FieldError } from './http/error.js';
export { Room, type RoomEvents } from './room/room.js';
export type { Position, Reload, Start } from './room/room-log.js';
export type { ReadState } from './room/read-cursor.js';
export { Timeline, type TimelineItem } from './room/timeline.js';
export { Outgoing, type SendState, type Stored } from './outbox/outgoing.js';
export { MemoryOutboxStorage, WebOutboxStorage, type OutboxStorage, type StoredMessage } from './outbox/storage.js';
export { IndexedDbOutboxStorage } from './outbox/indexed-db.js';
export { MemorySessionStore, type SessionStore, type StoredSession } from './session/store.js';
export type { TokenTransport } from './session/session.js';
export type { ConnectionState } from './socket/state.js';
export type { EphemeralEvent, RoomEvent, UnknownFrame, UnknownRoomEvent } from './socket/frames.js';
export type { Clock, Network, Platform, Sharing, WebSocketConstructor, WebSocketLike } from './platform/platform.js';
export type {
  EventMessage,
  EventRoom,
  HistoryPage,
  Message,
  Participant,
  Reaction,
  RoomInfo,
  SessionInfo,
  Tokens,
  User,
  UserRef,
} from './types.js';
