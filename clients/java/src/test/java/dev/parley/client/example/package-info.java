/// The programs of the README; the module `e2e` runs them against the real system.
@NullMarked
package dev.parley.client.example;

import org.jspecify.annotations.NullMarked;
