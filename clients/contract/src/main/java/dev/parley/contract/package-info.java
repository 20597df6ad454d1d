/// The committed contract of the REST services: their OpenAPI documents, as built from the code, in one form
/// ([CanonicalYaml]) that differs only when the contract does; and what a change of it breaks ([Compatibility]). Start
/// reading at [Contract]. It knows documents, not services.
@NullMarked
package dev.parley.contract;

import org.jspecify.annotations.NullMarked;
