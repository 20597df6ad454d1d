/// What holds for every request over REST, whatever it asks for. It must not know any feature.
@NullMarked
package dev.parley.room.http;

import org.jspecify.annotations.NullMarked;
