/// Who may open a socket: origin, access token, participation; decided before the upgrade, answered as a problem.
/// Start reading at [dev.parley.gateway.admission.AdmissionRoute]. It knows nothing of frames.
@NullMarked
package dev.parley.gateway.admission;

import org.jspecify.annotations.NullMarked;
