/// Lists in pages, by key: how one asks for the next page, and how one is answered.
/// Start reading at [dev.parley.auth.page.PageRequest]. It does not know what is listed.
@NullMarked
package dev.parley.auth.page;

import org.jspecify.annotations.NullMarked;
