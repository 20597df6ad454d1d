/// Access to PostgreSQL where Hibernate is the wrong tool: transactions of several multi-row statements.
/// Owns the commit, the roll-back and the meaning of an SQLSTATE. Start reading at
/// [dev.parley.room.database.Database]. It must not know any table.
@NullMarked
package dev.parley.room.database;

import org.jspecify.annotations.NullMarked;
