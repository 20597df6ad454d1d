/// The Java SDK of Parley: accounts, rooms, and one socket that follows them.
///
/// Start at [dev.parley.client.ParleyClient]. The packages below are its parts: `event` is what listeners are told,
/// `outbox` the unsent messages, `session` the tokens, `connection` the socket, `rest` the generated REST APIs.
@NullMarked
package dev.parley.client;

import org.jspecify.annotations.NullMarked;
