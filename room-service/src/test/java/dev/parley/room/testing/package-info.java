/// What the tests of the room service stand on: real servers, a fake auth service, signed tokens.
@NullMarked
package dev.parley.room.testing;

import org.jspecify.annotations.NullMarked;
