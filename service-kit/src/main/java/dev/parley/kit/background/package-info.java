/// What loops that no request waits for have in common. Start reading at [dev.parley.kit.background.BackOff].
/// It does not know what the work is.
@NullMarked
package dev.parley.kit.background;

import org.jspecify.annotations.NullMarked;
