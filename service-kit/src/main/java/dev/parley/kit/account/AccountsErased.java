package dev.parley.kit.account;

/// Fired, as a CDI event, when accounts were erased, or may have been while nobody listened: what this process keeps of
/// names is to be forgotten. Thread: the follower's; observers must not block it.
public record AccountsErased() {}
