/// Serves the pages at `/docs`, which `render` has made of the committed contract when this was built. Start reading at
/// [DocsRoutes]. It must not know what is on a page.
@NullMarked
package dev.parley.pages;

import org.jspecify.annotations.NullMarked;
