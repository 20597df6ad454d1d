package dev.parley.room.message;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/// A stretch of a room's messages.
/// @param items ascending by `seq`; deleted messages are among them
/// @param hasBefore whether there are older ones
/// @param hasAfter whether there are newer ones
@JsonPropertyOrder({"items", "has_before", "has_after"})
record HistoryPage(List<MessageView> items, boolean hasBefore, boolean hasAfter) {}
