import type { EventMessage, EventRoom, Participant, UserRef } from '../types.js';

interface Durable<Type extends string> {
  readonly type: Type;
  readonly room_id: string;
  /** 1, 2, 3, … in its room, without a hole. */
  readonly seq: number;
  readonly timestamp: string;
  readonly actor_id: string;
}

/** An event of a type that this version does not know. It has its place in the log. */
export interface UnknownRoomEvent extends Durable<'unknown'> {
  readonly unknown_type: string;
  readonly frame: Readonly<Record<string, unknown>>;
}

/** An event of a room's log. Switch over `type`; `unknown` is what a newer server may add. */
export type RoomEvent =
  | (Durable<'message.created'> & { readonly message: EventMessage })
  | (Durable<'message.updated'> & { readonly message: EventMessage })
  | (Durable<'message.deleted'> & { readonly message_id: string; readonly message_seq: number })
  | (Durable<'reaction.added' | 'reaction.removed'> & {
      readonly message_id: string;
      readonly emoji: string;
      readonly user_id: string;
      /** How many there are after the event: set it, do not add. */
      readonly count: number;
    })
  | (Durable<'participant.added' | 'participant.updated'> & { readonly participant: Participant })
  | (Durable<'participant.removed'> & { readonly user_id: string })
  | (Durable<'room.updated'> & { readonly room: EventRoom })
  | Durable<'room.deleted'>
  | UnknownRoomEvent;

/** What is of the moment: no `seq`, may be lost, never comes again. */
export type EphemeralEvent =
  | {
      readonly type: 'typing';
      readonly room_id: string;
      readonly user_id: string;
      readonly username: string;
      readonly is_typing: boolean;
    }
  | {
      readonly type: 'read.updated';
      readonly room_id: string;
      readonly user_id: string;
      /** Never goes back, but may be told in any order: keep the highest. */
      readonly last_read_seq: number;
      /** On one's own only. */
      readonly unread_count?: number;
    }
  | {
      readonly type: 'presence.snapshot';
      readonly room_id: string;
      /** `null` in rooms of more than 100, and when it is not known. */
      readonly online: readonly string[] | null;
      readonly online_count: number;
    }
  | {
      readonly type: 'presence.updated';
      readonly user_id: string;
      readonly status: string;
      readonly last_active_at: string;
    }
  | { readonly type: 'presence.count'; readonly room_id: string; readonly online_count: number }
  | { readonly type: 'user.updated'; readonly user: UserRef }
  | { readonly type: 'room.added'; readonly room: EventRoom }
  | { readonly type: 'room.removed'; readonly room_id: string };

export interface Hello {
  readonly type: 'hello';
  readonly connection_id: string;
  readonly user_id: string;
  readonly heartbeat_interval_ms: number;
  readonly max_frame_bytes: number;
  readonly max_subscriptions: number;
  readonly token_expires_at: string;
  readonly server_time: string;
}

export interface SubscribedRoom {
  readonly room_id: string;
  readonly last_seq: number;
  readonly log_epoch: number;
}

/** The answer "yes"; which members it has depends on what was asked. */
export interface Ack {
  readonly type: 'ack';
  readonly id: string;
  readonly client_message_id?: string;
  readonly message_id?: string;
  readonly room_id?: string;
  readonly seq?: number;
  readonly timestamp?: string;
  readonly duplicate?: boolean;
  readonly last_read_seq?: number;
  readonly unread_count?: number;
  readonly rooms?: readonly SubscribedRoom[];
  readonly errors?: ReadonlyArray<{ readonly room_id: string; readonly code: string }>;
  readonly token_expires_at?: string;
}

/** The answer "no"; the connection lives. */
export interface ErrorFrame {
  readonly type: 'error';
  readonly id?: string;
  readonly code: string;
  readonly detail?: string;
  readonly retryable?: boolean;
  readonly retry_after_ms?: number;
}

/** The end of a replay, also of an empty one. */
export interface Resumed {
  readonly type: 'resumed';
  readonly room_id: string;
  readonly from_seq: number;
  readonly to_seq: number;
  readonly last_seq: number;
  readonly log_epoch: number;
  readonly complete: boolean;
}

/** A frame of a type that this version does not know. */
export interface UnknownFrame {
  readonly type: 'unknown';
  readonly unknown_type: string;
  readonly frame: Readonly<Record<string, unknown>>;
}

export type ServerFrame =
  | Hello
  | Ack
  | ErrorFrame
  | Resumed
  | { readonly type: 'auth.expiring'; readonly token_expires_at: string }
  | { readonly type: 'server.draining'; readonly reconnect_after_ms: number }
  | { readonly type: 'pong'; readonly id?: string }
  | RoomEvent
  | EphemeralEvent
  | UnknownFrame;

/** What the client sends; the `id` is put in by the connection. */
export type ClientFrame =
  | {
      readonly type: 'message.send';
      readonly room_id: string;
      readonly client_message_id: string;
      readonly content: string;
      readonly reply_to_id?: string;
    }
  | { readonly type: 'read'; readonly room_id: string; readonly seq: number }
  | { readonly type: 'typing'; readonly room_id: string; readonly is_typing: boolean }
  | {
      readonly type: 'subscribe';
      readonly rooms: ReadonlyArray<{
        readonly room_id: string;
        readonly after_seq?: number;
        readonly log_epoch?: number;
      }>;
    }
  | { readonly type: 'unsubscribe'; readonly room_id: string }
  | { readonly type: 'auth.refresh'; readonly token: string }
  | { readonly type: 'ping' };

const DURABLE: ReadonlySet<string> = new Set([
  'message.created',
  'message.updated',
  'message.deleted',
  'reaction.added',
  'reaction.removed',
  'participant.added',
  'participant.updated',
  'participant.removed',
  'room.updated',
  'room.deleted',
]);

const OTHERS: ReadonlySet<string> = new Set([
  'hello',
  'ack',
  'error',
  'resumed',
  'auth.expiring',
  'server.draining',
  'pong',
  'typing',
  'read.updated',
  'presence.snapshot',
  'presence.updated',
  'presence.count',
  'user.updated',
  'room.added',
  'room.removed',
]);

/** Reads one object of the server; what is no object with a `type` is `null`. */
export function readFrame(value: unknown): ServerFrame | null {
  if (typeof value !== 'object' || value === null) return null;
  const frame = value as Record<string, unknown>;
  const type = frame['type'];
  if (typeof type !== 'string') return null;
  if (OTHERS.has(type)) return frame as unknown as ServerFrame;
  return readRoomEvent(frame) ?? { type: 'unknown', unknown_type: type, frame };
}

/** Reads an event of a log, of a known type or not: whatever has a room, a `seq` and an actor. */
export function readRoomEvent(frame: Record<string, unknown>): RoomEvent | null {
  const { type, room_id, seq, actor_id, timestamp } = frame;
  if (typeof type !== 'string' || typeof room_id !== 'string' || !Number.isSafeInteger(seq)) return null;
  if (DURABLE.has(type)) return frame as unknown as RoomEvent;
  if (typeof actor_id !== 'string') return null;
  return {
    type: 'unknown',
    unknown_type: type,
    room_id,
    seq: seq as number,
    actor_id,
    timestamp: String(timestamp),
    frame,
  };
}

/** Whether a frame is an event of a room's log. */
export function isRoomEvent(frame: ServerFrame): frame is RoomEvent {
  return DURABLE.has(frame.type) || (frame.type === 'unknown' && 'seq' in frame);
}
