/// What the tests of several modules share: a played auth service, and attacks with tokens.
@NullMarked
package dev.parley.kit.testing;

import org.jspecify.annotations.NullMarked;
