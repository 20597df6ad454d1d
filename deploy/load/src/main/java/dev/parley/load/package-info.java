/// What puts load on a running Parley and says what it costs. Start reading at [dev.parley.load.Load].
/// It knows Parley as a client does, and the processes of the system only by what the operating system tells.
@NullMarked
package dev.parley.load;

import org.jspecify.annotations.NullMarked;
