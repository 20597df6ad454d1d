/// Clients that openapi-generator has made of the committed documents (see `pom.xml`), put before compilers.
@NullMarked
package dev.parley.generated;

import org.jspecify.annotations.NullMarked;
