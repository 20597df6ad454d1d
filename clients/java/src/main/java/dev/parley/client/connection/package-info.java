/// The socket: opened, kept, lost, opened again, and everything that has to be said once more afterwards.
///
/// Start at [dev.parley.client.connection.Connection], which decides when there is a socket; a
/// [dev.parley.client.connection.Link] is one of them. `Feeds` follow rooms, `Sends` empty the outbox, `Reads` move
/// cursors: they are attached to a link and start anew with the next. One thread owns all of that, the loop; listeners
/// are called on another, by `Delivery`. It knows no REST but what the loop needs.
@NullMarked
package dev.parley.client.connection;

import org.jspecify.annotations.NullMarked;
