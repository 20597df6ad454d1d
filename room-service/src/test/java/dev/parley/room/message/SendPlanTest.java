package dev.parley.room.message;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.model.event.ReplyTo;
import dev.parley.model.event.UserRef;
import dev.parley.model.id.MessageId;
import dev.parley.model.id.RoomId;
import dev.parley.model.id.UserId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.Origin;
import dev.parley.model.stream.RelayEntry;
import dev.parley.model.stream.SendCommand;
import dev.parley.model.stream.SendOutcome;
import dev.parley.room.log.LockedRoom;
import dev.parley.room.log.LockedRooms;
import dev.parley.room.message.SendFacts.InRoom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendPlanTest {

    private static final Instant NOW = Instant.parse("2026-11-22T14:23:05.120Z");

    private final RoomId room = RoomId.random();
    private final UserRef anna = UserRef.present(UserId.random(), "anna", "Anna");
    private final Origin origin = new Origin("g", "c");
    private final Map<SendKey, StoredSend> repeats = new HashMap<>();
    private final Map<InRoom<MessageId>, Long> targets = new HashMap<>();
    private boolean deleted;
    private boolean readOnly;

    @Test
    void numbersWhatIsStoredWithoutAHole() {
        var plan = plan();

        var outcomes = decide(plan, send("a", "one"), send("b", ""), send("c", "three"));

        assertThat(outcomes).extracting(SendPlanTest::seqOf).containsExactly(42L, null, 43L);
        assertThat(plan.messages()).extracting(each -> each.message().seq()).containsExactly(42L, 43L);
        assertThat(plan.advances()).singleElement().satisfies(advance -> {
            assertThat(advance.room().lastSeq()).isEqualTo(41);
            assertThat(advance.lastSeq()).isEqualTo(43);
            assertThat(advance.lastMessageSeq()).isEqualTo(43);
        });
    }

    @Test
    void saysWhichCommandMadeAnEvent() {
        var plan = plan();

        decide(plan, send("a", "one"));

        assertThat(plan.messages().getFirst().logged().cause()).isEqualTo(new RelayEntry.Cause(origin, 1));
    }

    @Test
    void answersARepeatWithTheFirstBeforeAnythingElse() {
        deleted = true;
        var command = send("a", "one");
        var first = new StoredSend(MessageId.random(), 7, NOW.minusSeconds(9), StoredSend.hash(command));
        repeats.put(new SendKey(room, anna.id(), "a"), first);
        var plan = plan();

        var outcome = decide(plan, command).getFirst();

        assertThat(outcome).isEqualTo(new SendOutcome.Stored(first.id(), 7, first.timestamp(), true));
        assertThat(plan.messages()).isEmpty();
    }

    @Test
    void refusesAnIdThatWasUsedForSomethingElse() {
        repeats.put(
                new SendKey(room, anna.id(), "a"),
                new StoredSend(MessageId.random(), 7, NOW, StoredSend.hash(send("a", "one"))));

        var outcomes = decide(plan(), send("a", "other"), new SendCommand(1, "a", "one", MessageId.random()));

        assertThat(outcomes).extracting(SendPlanTest::codeOf).containsOnly(ProblemCode.IDEMPOTENCY_CONFLICT);
    }

    @Test
    void recognisesTwinsWithinTheBatch() {
        var plan = plan();

        var outcomes = decide(plan, send("a", "one"), send("a", "one"), send("a", "two"));

        assertThat(seqOf(outcomes.get(1))).isEqualTo(seqOf(outcomes.get(0)));
        assertThat(outcomes.get(1)).hasFieldOrPropertyWithValue("duplicate", true);
        assertThat(codeOf(outcomes.get(2))).isEqualTo(ProblemCode.IDEMPOTENCY_CONFLICT);
        assertThat(plan.messages()).hasSize(1);
    }

    @Test
    void refusesStrangersAndDeletedAndUnknownRoomsAlike() {
        var stranger = new Sends(room, UserId.random(), origin, List.of(send("a", "one")));
        var nowhere = new Sends(RoomId.random(), anna.id(), origin, List.of(send("a", "one")));

        assertThat(codeOf(outcomes(plan(), stranger).getFirst())).isEqualTo(ProblemCode.ROOM_NOT_FOUND);
        assertThat(codeOf(outcomes(plan(), nowhere).getFirst())).isEqualTo(ProblemCode.ROOM_NOT_FOUND);
        deleted = true;
        assertThat(codeOf(decide(plan(), send("a", "one")).getFirst())).isEqualTo(ProblemCode.ROOM_NOT_FOUND);
    }

    @Test
    void repliesOnlyToAMessageOfTheRoom() {
        var target = MessageId.random();
        targets.put(new InRoom<>(room, target), 5L);
        var plan = plan();

        var outcomes = decide(
                plan, new SendCommand(1, "a", "reply", target), new SendCommand(2, "b", "reply", MessageId.random()));

        assertThat(plan.messages().getFirst().message().replyTo()).isEqualTo(new ReplyTo(target, 5));
        assertThat(codeOf(outcomes.get(1))).isEqualTo(ProblemCode.VALIDATION_FAILED);
    }

    @Test
    void refusesToWriteIntoARoomThatCanOnlyBeRead() {
        readOnly = true;

        var outcome = decide(plan(), send("a", "one")).getFirst();

        assertThat(codeOf(outcome)).isEqualTo(ProblemCode.FORBIDDEN);
    }

    @Test
    void leavesABusyRoomUndecided() {
        var facts = new SendFacts(new LockedRooms(Map.of(), Set.of(room)), Map.of(), Map.of(), Map.of());

        var result = new SendPlan(facts, NOW).decide(new Sends(room, anna.id(), origin, List.of(send("a", "one"))));

        assertThat(result).isEqualTo(new SendsResult.RoomBusy());
    }

    @Test
    void wantsAClientIdFromAGateway() {
        var outcome = decide(plan(), new SendCommand(1, null, "one", null)).getFirst();

        assertThat(codeOf(outcome)).isEqualTo(ProblemCode.VALIDATION_FAILED);
    }

    private SendPlan plan() {
        var locked = Map.of(room, new LockedRoom(room, readOnly, 41, 1, deleted, readOnly));
        return new SendPlan(
                new SendFacts(
                        new LockedRooms(locked, Set.of()),
                        repeats,
                        Map.of(new InRoom<>(room, anna.id()), anna),
                        targets),
                NOW);
    }

    private List<SendOutcome> decide(SendPlan plan, SendCommand... commands) {
        return outcomes(plan, new Sends(room, anna.id(), origin, List.of(commands)));
    }

    private static List<SendOutcome> outcomes(SendPlan plan, Sends sends) {
        return switch (plan.decide(sends)) {
            case SendsResult.Decided(var outcomes) -> outcomes;
            case SendsResult.RoomBusy() -> throw new AssertionError("busy");
        };
    }

    private static SendCommand send(String clientMessageId, String content) {
        return new SendCommand(1, clientMessageId, content, null);
    }

    private static @Nullable Long seqOf(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Stored stored ? stored.seq() : null;
    }

    private static @Nullable ProblemCode codeOf(SendOutcome outcome) {
        return outcome instanceof SendOutcome.Refused refused ? refused.code() : null;
    }
}
