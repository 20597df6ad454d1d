/// Renders the committed documents and the problem codes as HTML without a script. Runs when this module is built,
/// never
/// in a service. Start reading at [Site]. It knows the forms that our documents have, not OpenAPI at large.
@NullMarked
package dev.parley.pages.render;

import org.jspecify.annotations.NullMarked;
