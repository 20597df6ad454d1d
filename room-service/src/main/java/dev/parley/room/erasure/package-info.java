/// What is left to do when an account was erased: it leaves every group. Private rooms stay, for the other to read.
/// Start reading at [dev.parley.room.erasure.LeaveRooms]. The note of an erasure is written by `user`, together with
/// the tombstone; how one leaves is `participant`'s.
@NullMarked
package dev.parley.room.erasure;

import org.jspecify.annotations.NullMarked;
