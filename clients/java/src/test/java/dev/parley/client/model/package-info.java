/// A server that is as strict as the contract and as unkind as the network: what the SDK is tested against.
///
/// [dev.parley.client.model.ModelServer] speaks HTTP and WebSocket over real sockets; what it knows is in `ModelState`,
/// what goes wrong is drawn by `Faults` from a seed.
@NullMarked
package dev.parley.client.model;

import org.jspecify.annotations.NullMarked;
