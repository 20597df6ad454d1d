/// Scenarios as a client sees them: the packaged services, real servers, everything through the ingress.
///
/// One system is started for the run ([dev.parley.e2e.RunningSystem]); scenarios make users and rooms of their own
/// and may kill parts as long as they start them again. Start reading at [dev.parley.e2e.FirstConversationIT].
/// Nothing here knows the services' code: shapes are written down member by member, from the contract.
@NullMarked
package dev.parley.e2e;

import org.jspecify.annotations.NullMarked;
