package dev.parley.gateway.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelinedConnectionTest {

    @Test
    void failsTheCommandWhenTheConnectionFailsAtOnce() {
        var connection = new PipelinedConnection(new Unreachable());

        var first = connection.send(Request.cmd(Command.PING));
        var second = connection.send(Request.cmd(Command.PING));

        assertThat(first.cause()).hasMessage("connection refused");
        assertThat(second.cause()).hasMessage("Redis was not available a moment ago");
    }

    /// A server that nobody listens at, known before the caller has looked.
    private static final class Unreachable implements Redis {

        @Override
        public Future<RedisConnection> connect() {
            return Future.failedFuture("connection refused");
        }

        @Override
        public void close() {}

        @Override
        public Future<Response> send(Request command) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Future<List<Response>> batch(List<Request> commands) {
            throw new UnsupportedOperationException();
        }
    }
}
