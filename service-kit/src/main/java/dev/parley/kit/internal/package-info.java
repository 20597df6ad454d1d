/// `/internal`: endpoints for the other services on the management port, each caller with a credential of its own.
/// Start reading at [dev.parley.kit.internal.InternalRoutes].
@NullMarked
package dev.parley.kit.internal;

import org.jspecify.annotations.NullMarked;
