/// Real servers in a JVM's care: PostgreSQL, Redis and an SMTP catcher, from binaries in jars.
///
/// Owns where the binaries lie, how the servers are started, and that none outlives its JVM. The launcher runs
/// the whole system on them and every integration test its own. Start reading at [dev.parley.embedded.PostgresServer];
/// [dev.parley.embedded.ChildProcess] is what both servers, and the launcher's services, stand on.
/// It knows nothing of Parley's services and no framework.
@NullMarked
package dev.parley.embedded;

import org.jspecify.annotations.NullMarked;
