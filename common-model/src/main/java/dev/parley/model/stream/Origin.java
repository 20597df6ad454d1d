package dev.parley.model.stream;

/// Which connection of which gateway process a command came from.
/// @param gatewayId new for every gateway process
/// @param connectionId unique within that process
public record Origin(String gatewayId, String connectionId) {}
