/// What a word is when messages are searched, and the number that stands for it in the index. Start reading at
/// [dev.parley.room.words.Words]. It must not know who stores words and who looks them up.
@NullMarked
package dev.parley.room.words;

import org.jspecify.annotations.NullMarked;
