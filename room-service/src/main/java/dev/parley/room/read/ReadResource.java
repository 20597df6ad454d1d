package dev.parley.room.read;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.parley.kit.http.RequestBody;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.List;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/read/`.
@Path("/chat/rooms/{room_id}/read/")
@Authenticated
@RunOnVirtualThread
class ReadResource {

    /// @param seq 0 and up; beyond the end of the log it means the end
    record ReadRequest(@Nullable Long seq) {

        long validSeq() {
            if (seq == null) {
                throw ProblemException.invalid(FieldProblem.required("seq"));
            }
            if (seq < 0) {
                throw ProblemException.invalid(FieldProblem.invalid("seq", "must not be negative"));
            }
            return seq;
        }
    }

    /// @param unreadCount 100 means "100 or more"
    @JsonPropertyOrder({"last_read_seq", "unread_count"})
    record ReadState(long lastReadSeq, int unreadCount) {}

    private final JsonWebToken token;
    private final ReadCursors cursors;

    ReadResource(JsonWebToken token, ReadCursors cursors) {
        this.token = token;
        this.cursors = cursors;
    }

    @POST
    @Operation(operationId = "markRead", summary = "Move the caller's read cursor forward")
    public ReadState markRead(@PathParam("room_id") RoomId roomId, @Nullable ReadRequest request) {
        var seq = RequestBody.present(request).validSeq();
        var user = Caller.of(token).userId();
        var lastRead =
                cursors.advance(roomId, user, seq).orElseThrow(() -> ProblemException.of(ProblemCode.ROOM_NOT_FOUND));
        return new ReadState(lastRead, cursors.unread(user, List.of(roomId)).getOrDefault(roomId, 0));
    }
}
