package dev.parley.kit.problem;

/// One entry of a problem's `errors`.
/// @param field the member as the client wrote it, as `participant_ids[2]`
/// @param code short and stable, as `required`, `invalid`
/// @param message for people; never echoes the value
public record FieldProblem(String field, String code, String message) {

    /// The member has a value that it cannot have.
    public static FieldProblem invalid(String field, String message) {
        return new FieldProblem(field, "invalid", message);
    }

    /// The member is missing or null.
    public static FieldProblem required(String field) {
        return new FieldProblem(field, "required", "must be given");
    }
}
