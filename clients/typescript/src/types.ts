/** The objects of the REST documents under the names that this library uses. Generated at build, types only. */
export type { Session as SessionInfo, Tokens, User } from './generated/auth/models/index.js';
export type {
  EventMessage,
  EventRoom,
  HistoryPage,
  Message,
  Participant,
  Reaction,
  Room as RoomInfo,
  UserRef,
} from './generated/room/models/index.js';
