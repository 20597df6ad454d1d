/// Pages of lists: how `limit`, `cursor` and the like are read from a query, and the shape of an answer.
/// Start reading at [dev.parley.kit.paging.Page]. It must not know what is listed.
@NullMarked
package dev.parley.kit.paging;

import org.jspecify.annotations.NullMarked;
