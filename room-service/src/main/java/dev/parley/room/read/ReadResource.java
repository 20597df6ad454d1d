package dev.parley.room.read;

import dev.parley.kit.http.RequestBody;
import dev.parley.kit.problem.FieldProblem;
import dev.parley.kit.problem.ProblemException;
import dev.parley.kit.token.Caller;
import dev.parley.model.id.RoomId;
import dev.parley.model.internal.ReadCursor;
import io.quarkus.security.Authenticated;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.jwt.JsonWebToken;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/// `/chat/rooms/{id}/read/`.
@Path("/chat/rooms/{room_id}/read/")
@Tag(name = "Reading")
@Authenticated
@RunOnVirtualThread
class ReadResource {

    /// @param seq 0 and up; beyond the end of the log it means the end
    @Schema(name = "ReadMark", requiredProperties = "seq")
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

    private final JsonWebToken token;
    private final MarkRead markRead;

    ReadResource(JsonWebToken token, MarkRead markRead) {
        this.token = token;
        this.markRead = markRead;
    }

    @POST
    @Operation(operationId = "markRead", summary = "Move the caller's read cursor forward")
    @APIResponse(responseCode = "401", description = "`unauthenticated`")
    @APIResponse(responseCode = "200", description = "Where the cursor is")
    @APIResponse(responseCode = "400", description = "`malformed`, `validation_failed`")
    @APIResponse(responseCode = "404", description = "`room_not_found`")
    public ReadCursor markRead(@PathParam("room_id") RoomId roomId, @Nullable ReadRequest request) {
        var seq = RequestBody.present(request).validSeq();
        return markRead.read(roomId, Caller.of(token).userId(), seq, null);
    }
}
