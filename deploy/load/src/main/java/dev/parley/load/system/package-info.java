/// What the processes of the system use, as the operating system counts it. Start reading at
/// [dev.parley.load.system.ServerProcesses].
@NullMarked
package dev.parley.load.system;

import org.jspecify.annotations.NullMarked;
