package dev.parley.model.internal;

import dev.parley.model.id.RoomId;
import java.util.List;

/// The rooms of a [StandingsQuery] in which the user is a participant, in no order; the others are left out.
public record Standings(List<Item> items) {

    public record Item(RoomId roomId, Standing standing) {}
}
