package dev.parley.kit.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createComponents;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import dev.parley.model.problem.ProblemCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.RecordComponentInfo;
import org.jspecify.annotations.Nullable;

/// The schemas of a document: those of records get their members in the record's order; what may be null says so. In
/// answers every member is required that is always there; in requests, what the annotation requires. Problems get the
/// shape of the contract.
final class DocumentedSchemas {

    static final String PROBLEM = "Problem";
    private static final String FIELD_PROBLEM = "FieldProblem";

    /// What the problem extension adds, in a shape that nobody answers with.
    private static final List<String> NOT_OURS = List.of("HttpProblem", "HttpValidationProblem", "Violation");

    private static final DotName NULLABLE = DotName.createSimple(Nullable.class);
    private static final DotName LEFT_OUT = DotName.createSimple(JsonInclude.class);
    private static final DotName NAMED =
            DotName.createSimple(org.eclipse.microprofile.openapi.annotations.media.Schema.class);

    private final IndexView classes;

    DocumentedSchemas(IndexView classes) {
        this.classes = classes;
    }

    void complete(OpenAPI document) {
        var components = document.getComponents() == null ? createComponents() : document.getComponents();
        document.setComponents(components);
        NOT_OURS.forEach(components::removeSchema);
        if (components.getSchemas() != null) {
            var requests = RequestSchemas.of(document);
            components
                    .getSchemas()
                    .forEach((name, schema) ->
                            recordOf(name).ifPresent(found -> fit(schema, found, requests.contains(name))));
        }
        components.addSchema(PROBLEM, problem()).addSchema(FIELD_PROBLEM, fieldProblem());
    }

    /// A schema has the simple name of its record or the one its annotation gives; of a generic record (`Page<User>`),
    /// a name that begins with it.
    private Optional<ClassInfo> recordOf(String schema) {
        var records = classes.getKnownClasses().stream()
                .filter(ClassInfo::isRecord)
                .filter(found -> found.name().toString().startsWith("dev.parley."))
                .toList();
        return records.stream()
                .filter(found -> schema.equals(givenName(found)))
                .findFirst()
                .or(() -> records.stream()
                        .filter(found -> givenName(found) == null && schema.equals(found.simpleName()))
                        .findFirst())
                .or(() -> records.stream()
                        .filter(found -> !found.typeParameters().isEmpty() && schema.startsWith(found.simpleName()))
                        .findFirst());
    }

    private static @Nullable String givenName(ClassInfo found) {
        var annotation = found.declaredAnnotation(NAMED);
        var name = annotation == null ? null : annotation.value("name");
        return name == null ? null : name.asString();
    }

    private static void fit(Schema schema, ClassInfo found, boolean isRequest) {
        if (schema.getProperties() == null) {
            return;
        }
        var required = new LinkedHashSet<>(schema.getRequired() == null ? List.of() : schema.getRequired());
        var properties = new LinkedHashMap<String, Schema>();
        for (var component : found.recordComponentsInDeclarationOrder()) {
            var name = PropertyNamingStrategies.SnakeCaseStrategy.INSTANCE.translate(component.name());
            var property = schema.getProperties().get(name);
            if (property == null) {
                continue;
            }
            var nullable = component.type().hasAnnotation(NULLABLE);
            properties.put(
                    name,
                    isRequest || !isAlwaysThere(component)
                            ? neverNull(property)
                            : nullable ? orNull(property) : property);
            if (!isRequest && isAlwaysThere(component)) {
                required.add(name);
            }
        }
        schema.getProperties().forEach(properties::putIfAbsent);
        schema.setProperties(properties);
        schema.setRequired(required.isEmpty() ? null : new ArrayList<>(required));
    }

    /// Null members are written, unless the record says otherwise.
    private static boolean isAlwaysThere(RecordComponentInfo component) {
        var owner = component.declaringClass();
        return !owner.hasDeclaredAnnotation(LEFT_OUT)
                && !owner.field(component.name()).hasAnnotation(LEFT_OUT);
    }

    /// What may be left out is left out, or sent; null is no third way that clients have to think of.
    private static Schema neverNull(Schema property) {
        if (property.getType() != null) {
            property.removeType(SchemaType.NULL);
        }
        return property;
    }

    private static Schema orNull(Schema property) {
        if (property.getRef() != null) {
            return createSchema().addAnyOf(property).addAnyOf(createSchema().addType(SchemaType.NULL));
        }
        if (property.getType() != null && !property.getType().contains(SchemaType.NULL)) {
            property.addType(SchemaType.NULL);
        }
        return property;
    }

    private static Schema problem() {
        var errors = createSchema()
                .addType(SchemaType.ARRAY)
                .items(createSchema().ref(FIELD_PROBLEM))
                .description("What is wrong with the input, by member; only with `validation_failed`");
        return object("An error (RFC 9457)")
                .addProperty("type", text("`/docs/problems/{code}`"))
                .addProperty("title", text("The same for all problems of a code"))
                .addProperty("status", createSchema().addType(SchemaType.INTEGER))
                .addProperty("detail", text("For people"))
                .addProperty("instance", text("The request's path"))
                .addProperty("code", code())
                .addProperty("trace_id", text("Finds the request in the service's log"))
                .addProperty("errors", errors)
                .required(List.of("type", "title", "status", "detail", "instance", "code", "trace_id"));
    }

    /// No `enum`: clients must live with codes that are added later, and generated ones do not.
    private static Schema code() {
        var known = Arrays.stream(ProblemCode.values())
                .map(code -> "`" + code + "`")
                .toList();
        return text("One of " + String.join(", ", known) + "; more may be added");
    }

    private static Schema fieldProblem() {
        return object("What is wrong with one member of the input")
                .addProperty("field", text("As `participant_ids[2]`; of the body or the query"))
                .addProperty("code", text("`required`, `invalid`; more may be added"))
                .addProperty("message", text("For people; never echoes the value"))
                .required(List.of("field", "code", "message"));
    }

    private static Schema object(String description) {
        return createSchema().addType(SchemaType.OBJECT).description(description);
    }

    private static Schema text(String description) {
        return createSchema().addType(SchemaType.STRING).description(description);
    }
}
