/// The room service's `/internal` endpoints, as a client.
/// Start reading at [dev.parley.gateway.roomservice.RoomServiceClient].
@NullMarked
package dev.parley.gateway.roomservice;

import org.jspecify.annotations.NullMarked;
