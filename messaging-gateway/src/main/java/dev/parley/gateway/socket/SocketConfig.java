package dev.parley.gateway.socket;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/// The bounds of one socket.
@ConfigMapping(prefix = "parley.gateway.socket")
public interface SocketConfig {

    /// Most bytes of a frame from a client; above, the socket is closed with 1009.
    @WithDefault("65536")
    int maxFrameBytes();

    /// Most rooms one socket may follow; told in `hello`.
    @WithDefault("1000")
    int maxSubscriptions();

    /// Bytes that may wait for a reader before it is closed with 4508. More: patience with bad networks, more memory.
    @WithDefault("1048576")
    long maxPendingBytes();

    /// How often the server pings and a browser should. At most 25 s, or proxies cut idle sockets.
    @WithDefault("25s")
    Duration heartbeatInterval();

    /// How long before a token's end the client is told.
    @WithDefault("60s")
    Duration expiryWarning();

    /// Malformed frames a socket may send a minute before it is closed with 4400.
    @WithDefault("10")
    int malformedPerMinute();

    /// Over how long sockets are closed when the gateway stops. Longer: gentler on those who take them over.
    /// Kept below the time the platform gives a process to stop.
    @WithDefault("5s")
    Duration drainSpread();

    /// Over how long sockets for many rooms are closed with 4511 when changes of room lists may have been missed.
    /// Longer: gentler on the room service; clients show an old list for longer.
    @WithDefault("5s")
    Duration returnSpread();

    /// How long a stopping gateway waits for the answers to what a socket has sent. Longer: fewer messages that clients
    /// have to send again while the room service is slow. With the spread, kept below the time the platform gives.
    @WithDefault("3s")
    Duration drainPatience();
}
