/// What only the gateways ask, on the port that the ingress does not know. Start reading at
/// [dev.parley.room.internal.InternalEndpoints]. The paths and bodies are common-model's.
@NullMarked
package dev.parley.room.internal;

import org.jspecify.annotations.NullMarked;
