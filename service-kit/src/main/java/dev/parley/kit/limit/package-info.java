/// Who is on the other end of a connection, and how often somebody may do something: what limits are made of.
/// Start reading at [dev.parley.kit.limit.Rate]. It does not know what is limited.
@NullMarked
package dev.parley.kit.limit;

import org.jspecify.annotations.NullMarked;
