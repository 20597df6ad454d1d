/// The closed list of problem codes, shared by HTTP problems (RFC 9457), `error` frames and close codes.
/// Start reading at [dev.parley.model.problem.ProblemCode]. How a code is rendered is the business of the edge.
@NullMarked
package dev.parley.model.problem;

import org.jspecify.annotations.NullMarked;
