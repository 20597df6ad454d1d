/// Finding messages by their words, in the reader's own rooms. Start reading at
/// [dev.parley.room.search.SearchMessages].
@NullMarked
package dev.parley.room.search;

import org.jspecify.annotations.NullMarked;
