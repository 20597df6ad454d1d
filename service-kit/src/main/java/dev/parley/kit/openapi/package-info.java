/// What is true of every operation in a service's OpenAPI document, said once: canonical paths, the shape of problems,
/// the answers that any request may get, and which members are always there.
/// Start reading at [dev.parley.kit.openapi.DocumentFilter]. It runs while a service is built and knows no operation.
@NullMarked
package dev.parley.kit.openapi;

import org.jspecify.annotations.NullMarked;
