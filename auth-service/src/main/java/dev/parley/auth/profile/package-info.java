/// One's own account, as one sees and changes it.
/// Start reading at [dev.parley.auth.profile.MeResource].
@NullMarked
package dev.parley.auth.profile;

import org.jspecify.annotations.NullMarked;
