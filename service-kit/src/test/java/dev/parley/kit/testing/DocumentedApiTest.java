package dev.parley.kit.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/// The judge of documents sees what is wrong.
class DocumentedApiTest {

    private static final DocumentedApi API = new DocumentedApi("""
            {"paths": {"/things/": {"get": {"operationId": "getThing", "summary": "A thing", "responses": {"200": {
               "description": "It", "content": {"application/json": {
                 "schema": {"$ref": "#/components/schemas/Thing"},
                 "examples": {
                   "good": {"value": {"id": "019ab2c4-6f22-7b42-8d63-1e7a4c2f9b02", "owner": null}},
                   "bad": {"value": {"id": "not an id", "owner": {"name": 1}}}}}}}}}}},
             "components": {"schemas": {
               "Thing": {"description": "A thing", "required": ["id", "owner"], "properties": {
                 "id": {"type": "string", "format": "uuid", "description": "Its id"},
                 "owner": {"anyOf": [{"$ref": "#/components/schemas/Owner"}, {"type": "null"}]}}},
               "Owner": {"properties": {"name": {"type": "string"}}}}}}
            """);

    @Test
    void findsWrongExamples() {
        assertThat(API.wrongExamples())
                .isNotEmpty()
                .allSatisfy(wrong -> assertThat(wrong).startsWith("getThing 200 bad: "))
                .anySatisfy(wrong -> assertThat(wrong).contains("uuid"))
                .anySatisfy(wrong -> assertThat(wrong).contains("name"));
    }

    @Test
    void findsWhatNobodyDescribed() {
        assertThat(API.undescribed()).containsExactly("Thing.owner", "Owner", "Owner.name");
    }

    @Test
    void findsMembersThatAreNotInTheDocument() {
        var answer = "{\"id\": \"019ab2c4-6f22-7b42-8d63-1e7a4c2f9b02\", \"owner\": null, \"secret\": 1}";

        assertThatThrownBy(() -> API.assertTells(API.operation("getThing"), 200, answer))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("secret");
    }

    @Test
    void findsAnswersThatAreNotInTheDocument() {
        assertThatThrownBy(() -> API.assertTells(API.operation("getThing"), 201, "{}"))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("getThing 201 is not in the document");
    }
}
