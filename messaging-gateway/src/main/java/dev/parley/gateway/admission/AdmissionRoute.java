package dev.parley.gateway.admission;

import dev.parley.gateway.feed.Resume;
import dev.parley.gateway.feed.RoomFeeds;
import dev.parley.gateway.limit.Limits;
import dev.parley.gateway.participation.StandingLookups;
import dev.parley.kit.http.AllowedOrigins;
import dev.parley.kit.limit.ClientAddress;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.Outages;
import dev.parley.kit.problem.ProblemBody;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.AccessTokens;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.impl.ConnectionBase;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.WebApplicationException;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/// Stands before the WebSocket endpoint and lets an upgrade through that has a valid token, comes from an allowed
/// page and from a participant. It is a route and not an `HttpUpgradeCheck`, because a refusal has a body.
@ApplicationScoped
class AdmissionRoute {

    /// Before the endpoint's own route.
    private static final int ORDER = 0;

    /// The largest whole number that every JSON reader keeps exactly. Source: RFC 8259 §6.
    private static final long MAX_JSON_INTEGER = (1L << 53) - 1;

    private final RoomFeeds feeds;
    private final StandingLookups standings;
    private final AccessTokens tokens;
    private final Tickets tickets;
    private final AllowedOrigins origins;
    private final Limits limits;
    private final ClientAddress addresses;
    private final Draining draining;
    private final Outages outages;
    private final ExecutorService virtualThreads;

    AdmissionRoute(
            RoomFeeds feeds,
            StandingLookups standings,
            AccessTokens tokens,
            Tickets tickets,
            AllowedOrigins origins,
            Limits limits,
            ClientAddress addresses,
            Draining draining,
            Outages outages,
            @VirtualThreads ExecutorService virtualThreads) {
        this.feeds = feeds;
        this.standings = standings;
        this.tokens = tokens;
        this.tickets = tickets;
        this.origins = origins;
        this.limits = limits;
        this.addresses = addresses;
        this.draining = draining;
        this.outages = outages;
        this.virtualThreads = virtualThreads;
    }

    void mount(@Observes Router router) {
        router.route("/ws/chat").order(ORDER).handler(this::admit);
        router.route("/ws/chat/:room_id").order(ORDER).handler(this::admit);
    }

    private void admit(RoutingContext context) {
        var request = context.request();
        if (!request.path().endsWith("/")) {
            var query = request.query();
            context.reroute(request.path() + "/" + (query == null ? "" : "?" + query));
            return;
        }
        if (!HttpMethod.GET.equals(request.method())) {
            context.response().putHeader("Allow", HttpMethod.GET.name());
            refuse(context, ProblemException.of(ProblemCode.METHOD_NOT_ALLOWED));
            return;
        }
        request.pause();
        var loop = loopOfRequest();
        Uni.createFrom()
                .item(() -> authenticate(request))
                .runSubscriptionOn(virtualThreads)
                .emitOn(loop)
                .flatMap(caller -> admission(context, loop, caller))
                .invoke(this::takeSocket)
                .invoke(admission -> letThrough(context, admission))
                .subscribe()
                .with(_ -> {}, failure -> refuse(context, failure));
    }

    /// The connection's own event loop, on which all that touches the request has to run. (`Vertx.runOnContext` from
    /// another thread would take any loop, and the upgrade would race with the end of the request.)
    private static Executor loopOfRequest() {
        var context = Objects.requireNonNull(Vertx.currentContext(), "a route runs on a context");
        return task -> context.runOnContext(_ -> task.run());
    }

    private Caller authenticate(HttpServerRequest request) {
        limits.upgrade(addresses.of(request));
        var offered = OfferedToken.of(request);
        var caller = Tickets.isTicket(offered) ? tickets.redeem(offered) : tokens.verify(offered);
        if (draining.isUnderWay()) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "This gateway is stopping");
        }
        return caller;
    }

    private Uni<Admission> admission(RoutingContext context, Executor loop, Caller caller) {
        var request = context.request();
        OpeningHandshake.require(request);
        var room = context.pathParam("room_id");
        var found = room == null
                ? Uni.createFrom().<Admission.Room>nullItem()
                : room(loop, roomId(room), resume(request), caller);
        return found.map(standing -> {
            // Browsers do not apply CORS to WebSockets, so the server has to look (RFC 6455 §10.2). Without the header
            // it is no browser.
            var origin = request.getHeader("Origin");
            if (origin != null && !origins.contains(origin)) {
                throw new ProblemException(ProblemCode.FORBIDDEN, "Pages of this origin may not open sockets");
            }
            var channel = ((ConnectionBase) request.connection()).channel();
            return new Admission(caller, standing, addresses.of(request), channel);
        });
    }

    /// The feed follows the relay first, and only then participation and head are asked for: nothing falls between.
    private Uni<Admission.Room> room(Executor loop, RoomId id, @Nullable Resume resume, Caller caller) {
        var feed = feeds.follow(id);
        return standings
                .of(caller.userId(), id)
                .map(standing -> {
                    feed.start(standing.lastSeq(), standing.logEpoch());
                    return new Admission.Room(id, standing, resume);
                })
                .onTermination()
                .invoke(() -> feeds.abandon(id))
                .emitOn(loop);
    }

    /// A connection whose upgrade failed after this, and that asks again, has its socket already.
    private void takeSocket(Admission admission) {
        var channel = admission.channel();
        if (!channel.hasAttr(Admission.CHANNEL_KEY)) {
            var user = admission.caller().userId();
            limits.openSocket(user);
            channel.closeFuture().addListener(_ -> limits.socketClosed(user));
        }
    }

    /// The request stays paused: the upgrade reads it to its end, and fails when that was read before.
    private static void letThrough(RoutingContext context, Admission admission) {
        if (context.response().closed() || !admission.channel().isActive()) {
            return;
        }
        admission.channel().attr(Admission.CHANNEL_KEY).set(admission);
        context.next();
    }

    private void refuse(RoutingContext context, Throwable failure) {
        if (context.response().ended() || context.response().closed()) {
            return;
        }
        context.request().resume();
        ProblemBody.end(context, problem(failure));
    }

    private ProblemException problem(Throwable failure) {
        var cause = failure instanceof CompletionException wrapped ? wrapped.getCause() : failure;
        return switch (cause) {
            case ProblemException known -> known;
            case WebApplicationException answer
            when answer.getResponse().getStatus() == 404 -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
            default -> {
                outages.tell(cause);
                yield ProblemException.of(ProblemCode.UNAVAILABLE);
            }
        };
    }

    private static RoomId roomId(String text) {
        try {
            return RoomId.fromString(text);
        } catch (IllegalArgumentException e) {
            throw ProblemException.of(ProblemCode.ROOM_NOT_FOUND);
        }
    }

    private static @Nullable Resume resume(HttpServerRequest request) {
        return number(request, "after_seq")
                .map(afterSeq ->
                        new Resume(afterSeq, number(request, "log_epoch").orElse(null)))
                .orElse(null);
    }

    private static Optional<Long> number(HttpServerRequest request, String name) {
        var text = request.getParam(name);
        try {
            if (text != null && (Long.parseLong(text) < 0 || Long.parseLong(text) > MAX_JSON_INTEGER)) {
                throw new NumberFormatException();
            }
            return Optional.ofNullable(text).map(Long::valueOf);
        } catch (NumberFormatException e) {
            throw ProblemException.invalid(FieldProblem.invalid(name, "must be a whole number, 0 or more"));
        }
    }
}
