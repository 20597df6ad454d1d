/// Whether this gateway can do its work. Start reading at [dev.parley.gateway.health.GatewayReadiness].
@NullMarked
package dev.parley.gateway.health;

import org.jspecify.annotations.NullMarked;
