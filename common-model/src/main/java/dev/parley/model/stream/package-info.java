/// The Redis streams between gateway and room service: keys, partitions, fields.
/// `ingest` carries commands to the room service, `relay` carries committed events to every gateway,
/// `reply` carries what has no event (repeats and refusals) to the one gateway that asked.
/// `auth:events` carries what happened to accounts and sessions, from the auth service to everybody.
/// An entry is a flat list of text fields; nobody has to parse JSON to route one.
/// Start reading at [dev.parley.model.stream.IngestEntry].
@NullMarked
package dev.parley.model.stream;

import org.jspecify.annotations.NullMarked;
