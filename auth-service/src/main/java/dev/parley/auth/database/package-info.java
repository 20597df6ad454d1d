/// What a client is told when the database does not answer.
/// Start reading at [dev.parley.auth.database.DatabaseProblems].
@NullMarked
package dev.parley.auth.database;

import org.jspecify.annotations.NullMarked;
