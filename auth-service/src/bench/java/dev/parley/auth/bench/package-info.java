/// Measurements that decided something, to be repeated by hand: the command is in `docs/operations.md`.
@org.jspecify.annotations.NullMarked
package dev.parley.auth.bench;
