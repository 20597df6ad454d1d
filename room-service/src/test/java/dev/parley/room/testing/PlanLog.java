package dev.parley.room.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.embedded.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// What PostgreSQL says of the statements that the service runs, whoever wrote them: our own, Hibernate's, those of
/// triggers and foreign keys. Its module `auto_explain` writes each plan with the rows that were really read into the
/// server's log, and this reads them from there. (Plans of copies of the statements would be plans of copies.)
///
/// Thread: one.
public final class PlanLog {

    private static final ObjectMapper JSON = new ObjectMapper();

    /// What the service asks of its own accord, whatever is called meanwhile: tables of one row, or of none.
    private static final Pattern CHORE = Pattern.compile("\\b(user_projection|erasures|word_backfill)\\b");

    private final Path file;
    private long position;

    private PlanLog(Path file) {
        this.file = file;
    }

    /// Lets every session of the service, from its next connection on, log the plan of every statement.
    static void turnOn(PostgresServer server, String role) {
        try (var connection = superuser(server, "postgres");
                var statement = connection.createStatement()) {
            for (var setting : List.of(
                    "session_preload_libraries = 'auto_explain'",
                    "auto_explain.log_min_duration = 0",
                    "auto_explain.log_analyze = on",
                    "auto_explain.log_timing = on",
                    "auto_explain.log_triggers = on",
                    "auto_explain.log_nested_statements = on",
                    "auto_explain.log_parameter_max_length = 0",
                    "auto_explain.log_format = 'json'")) {
                statement.execute("ALTER ROLE " + role + " SET " + setting);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The log of a server, from its present end.
    public static PlanLog of(PostgresServer server) {
        try (var connection = superuser(server, "postgres");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SHOW data_directory")) {
            rows.next();
            var log = new PlanLog(Path.of(rows.getString(1)).resolveSibling("server.log"));
            log.skip();
            return log;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A session that no trigger, foreign key or time-out holds up.
    public static Connection superuser(PostgresServer server, String database) throws SQLException {
        return DriverManager.getConnection(server.jdbcUrl(database), "postgres", "");
    }

    /// Passes over what was logged until now.
    public void skip() {
        try {
            position = Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The plans logged since the last look, in their order, without those of chores.
    public List<Plan> next() {
        var plans = new ArrayList<Plan>();
        var text = new StringBuilder();
        for (var line : read().split("\n", -1)) {
            if (line.startsWith("\t") && !text.isEmpty()) {
                text.append(line).append('\n');
            } else {
                add(plans, text);
                text.setLength(0);
                if (line.contains("LOG:  duration: ") && line.endsWith("  plan:")) {
                    text.append('\n');
                }
            }
        }
        add(plans, text);
        return plans;
    }

    private String read() {
        try (var channel = Files.newByteChannel(file)) {
            channel.position(position);
            var bytes = java.nio.ByteBuffer.allocate(Math.toIntExact(channel.size() - position));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {}
            position += bytes.position();
            return new String(bytes.array(), 0, bytes.position(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void add(List<Plan> plans, StringBuilder text) {
        if (text.isEmpty()) {
            return;
        }
        try {
            var plan = new Plan(JSON.readTree(text.toString()));
            if (!CHORE.matcher(plan.statement()).find()) {
                plans.add(plan);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// A statement and how it was carried out.
    public record Plan(JsonNode json) {

        public String statement() {
            return json.get("Query Text").asText().replaceAll("\\s+", " ").strip();
        }

        /// The steps, each as PostgreSQL describes it, with those below it.
        public List<Step> steps() {
            var steps = new ArrayList<Step>();
            collect(json.get("Plan"), steps);
            return steps;
        }

        public double millis() {
            return json.get("Plan").path("Actual Total Time").asDouble();
        }

        private static void collect(JsonNode node, List<Step> steps) {
            steps.add(new Step(node));
            node.path("Plans").forEach(below -> collect(below, steps));
        }
    }

    /// A step of a plan.
    public record Step(JsonNode json) {

        public String type() {
            return json.get("Node Type").asText();
        }

        /// The table that is read or written; empty when it is none.
        public String table() {
            return json.path("Relation Name").asText();
        }

        public String index() {
            return json.path("Index Name").asText();
        }

        /// Rows that it looked at each time it was started, also those that it threw away.
        public long rowsSeenEachTime() {
            return Math.round(json.path("Actual Rows").asDouble()
                    + json.path("Rows Removed by Filter").asDouble()
                    + json.path("Rows Removed by Index Recheck").asDouble());
        }
    }
}
