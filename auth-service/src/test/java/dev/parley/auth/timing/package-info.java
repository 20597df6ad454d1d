/// What the time of an answer tells: measured, and compared with what it may tell.
@org.jspecify.annotations.NullMarked
package dev.parley.auth.timing;
