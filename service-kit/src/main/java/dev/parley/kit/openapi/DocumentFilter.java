package dev.parley.kit.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.jboss.jandex.IndexView;

/// Completes the OpenAPI document of a service at build time. A resource describes its success and the problems that
/// are its own, each with its codes in backquotes in the description; what any operation may answer is added here.
@OpenApiFilter(OpenApiFilter.RunStage.BUILD)
public final class DocumentFilter implements OASFilter {

    private final IndexView classes;

    public DocumentFilter(IndexView classes) {
        this.classes = classes;
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        if (document.getPaths() == null) {
            return;
        }
        // One origin serves all services; where it is, the reader knows.
        document.servers(List.of(OASFactory.createServer().url("/")));
        new DocumentedSchemas(classes).complete(document);
        new DocumentedOperations().complete(document);
        SchemaForms.unify(document);
        DocumentWords.add(document);
    }
}
