/// The stage for integration tests: a real Redis, a played room service, a WebSocket client that notes what it gets.
@NullMarked
package dev.parley.gateway.scene;

import org.jspecify.annotations.NullMarked;
