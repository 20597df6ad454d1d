/// The launcher behind `./parley up`: reads the command line, says what goes on, and waits to be ended.
///
/// Start reading at [dev.parley.local.Launcher]; the work is done in [dev.parley.local.system].
@NullMarked
package dev.parley.local;

import org.jspecify.annotations.NullMarked;
