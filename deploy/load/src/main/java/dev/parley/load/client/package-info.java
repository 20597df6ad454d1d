/// Sockets that cost little: one event loop, no JSON parsing on the way in. Start reading at
/// [dev.parley.load.client.LoadSocket]. It must not know what a workload wants of them.
@NullMarked
package dev.parley.load.client;

import org.jspecify.annotations.NullMarked;
