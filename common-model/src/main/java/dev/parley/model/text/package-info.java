/// What text Parley takes from people, and what it refuses: one rule for REST and for the socket.
/// Start reading at [dev.parley.model.text.TextRules]. It knows neither JSON nor validation frameworks.
@NullMarked
package dev.parley.model.text;

import org.jspecify.annotations.NullMarked;
