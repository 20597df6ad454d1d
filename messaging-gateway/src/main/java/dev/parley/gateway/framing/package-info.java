/// RFC 6455 to the letter, where Vert.x is lax: what a client's frames may be, and how a connection ends that sends
/// others. Start reading at [dev.parley.gateway.framing.FrameGuard]. It knows frames and channels, and nothing of chat.
@NullMarked
package dev.parley.gateway.framing;

import org.jspecify.annotations.NullMarked;
