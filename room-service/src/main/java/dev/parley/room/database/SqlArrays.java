package dev.parley.room.database;

import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Makes the array parameters of multi-row statements (`unnest`, `any`): one column of all rows.
public final class SqlArrays {

    private SqlArrays() {}

    public static <R> Array uuids(Connection connection, Collection<R> rows, Function<R, @Nullable UUID> column)
            throws SQLException {
        return connection.createArrayOf("uuid", rows.stream().map(column).toArray());
    }

    public static <R> Array texts(Connection connection, Collection<R> rows, Function<R, @Nullable String> column)
            throws SQLException {
        return connection.createArrayOf("text", rows.stream().map(column).toArray());
    }

    public static <R> Array longs(Connection connection, Collection<R> rows, Function<R, @Nullable Long> column)
            throws SQLException {
        return connection.createArrayOf("bigint", rows.stream().map(column).toArray());
    }
}
