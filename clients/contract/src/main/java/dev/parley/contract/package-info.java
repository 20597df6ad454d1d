/// The committed contract: the OpenAPI documents of the REST services, as built from the code, and what the AsyncAPI
/// document promises, in one form ([CanonicalYaml]) that differs only when the contract does; and what a change of it
/// breaks ([Compatibility], [SocketCompatibility]). Start reading at [Contract]. It knows documents, not services.
@NullMarked
package dev.parley.contract;

import org.jspecify.annotations.NullMarked;
