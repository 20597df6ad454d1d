package dev.parley.gateway.socket;

import dev.parley.gateway.frame.ClientFrame;
import dev.parley.gateway.frame.ServerFrame;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.AccessTokens;
import dev.parley.kit.token.Caller;
import dev.parley.model.problem.ProblemCode;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Carries out `auth.refresh`: a later token of the same user and session, verified as at the upgrade, lets the
/// socket live as long as it does. A wrong one changes nothing.
/// Thread: the socket's event loop; tokens are verified on a virtual thread, one at a time.
final class TokenRefresh {

    private final ChatSocket socket;
    private final AccessTokens tokens;
    private final ExecutorService virtualThreads;
    private final Consumer<Instant> prolong;
    private boolean underWay;

    /// @param prolong takes the new end
    TokenRefresh(ChatSocket socket, SocketServices services, Consumer<Instant> prolong) {
        this.socket = socket;
        this.tokens = services.tokens;
        this.virtualThreads = services.virtualThreads;
        this.prolong = prolong;
    }

    void refresh(ClientFrame.Refresh frame) {
        if (underWay) {
            refuse(frame, ProblemCode.RATE_LIMITED, "another token is being verified");
            return;
        }
        underWay = true;
        CompletableFuture.supplyAsync(() -> tokens.verify(frame.token()), virtualThreads)
                .whenCompleteAsync((caller, failure) -> verified(frame, caller, failure), socket.eventLoop());
    }

    private void verified(ClientFrame.Refresh frame, @Nullable Caller caller, @Nullable Throwable failure) {
        underWay = false;
        if (caller == null) {
            refuse(frame, failure);
        } else if (!caller.userId().equals(socket.userId())
                || !caller.sessionId().equals(socket.sessionId())) {
            refuse(frame, ProblemCode.UNAUTHENTICATED, "The token is of another user or session");
        } else if (!socket.isClosing()) {
            prolong.accept(caller.expiresAt());
            frame.id().ifPresent(id -> socket.answer(new ServerFrame.RefreshAck(id, caller.expiresAt())));
        }
    }

    private void refuse(ClientFrame.Refresh frame, @Nullable Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        if (cause instanceof ProblemException problem) {
            refuse(frame, problem.code(), String.valueOf(problem.getMessage()));
        } else {
            refuse(frame, ProblemCode.UNAVAILABLE, ProblemCode.UNAVAILABLE.title());
        }
    }

    private void refuse(ClientFrame.Refresh frame, ProblemCode code, String detail) {
        frame.id().ifPresent(id -> socket.answer(ServerFrame.Failure.of(id, code, detail)));
    }
}
