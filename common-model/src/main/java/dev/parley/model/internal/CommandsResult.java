package dev.parley.model.internal;

import dev.parley.model.stream.SendOutcome;
import java.util.List;

/// @param outcomes one for each command, in the same order
public record CommandsResult(List<SendOutcome> outcomes) {}
