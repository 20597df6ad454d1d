/// The JSON of the `/internal` endpoints, which live on a port of their own and are never routed by the ingress.
/// Server and client share these records, so that neither can drift.
/// Start reading at [dev.parley.model.internal.InternalPaths].
@NullMarked
package dev.parley.model.internal;

import org.jspecify.annotations.NullMarked;
