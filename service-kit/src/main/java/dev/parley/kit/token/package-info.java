/// Who calls: the part of access-token verification that SmallRye JWT leaves to us, and the claims as types.
/// Start reading at [dev.parley.kit.token.Caller].
@NullMarked
package dev.parley.kit.token;

import org.jspecify.annotations.NullMarked;
