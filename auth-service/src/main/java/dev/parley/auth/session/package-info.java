/// Sessions: one login on one device, its chain of refresh tokens, and who is behind a request.
/// Start reading at [dev.parley.auth.session.StartSession], then [dev.parley.auth.session.CurrentSession].
/// It knows accounts and access tokens, not how somebody proved who they are.
@NullMarked
package dev.parley.auth.session;

import org.jspecify.annotations.NullMarked;
