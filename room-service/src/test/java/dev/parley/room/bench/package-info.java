/// Measurements, run on demand and not by the build: each class says with which command. What they print goes into
/// `docs/performance.md`.
@NullMarked
package dev.parley.room.bench;

import org.jspecify.annotations.NullMarked;
