/// What may stand in a log, tested over all endpoints.
@org.jspecify.annotations.NullMarked
package dev.parley.auth.log;
