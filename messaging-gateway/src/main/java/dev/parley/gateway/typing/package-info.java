/// Who types where. Start reading at [dev.parley.gateway.typing.Typing], which belongs to one socket.
@NullMarked
package dev.parley.gateway.typing;

import org.jspecify.annotations.NullMarked;
