/// How a [dev.parley.model.problem.ProblemCode] becomes an answer: RFC 9457 `application/problem+json`.
/// Start reading at [dev.parley.kit.problem.ProblemException], which is thrown where the problem is known,
/// and [dev.parley.kit.problem.ProblemRenderer], which gives every answer its members.
@NullMarked
package dev.parley.kit.problem;

import org.jspecify.annotations.NullMarked;
