package dev.parley.pages.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.model.problem.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The rendered pages: whole, linked, and free of what a browser would fetch from elsewhere or run.
class SiteTest {

    private static final Path CLIENTS = Path.of("..");
    private static final Map<String, String> FILES = Site.of(CLIENTS);
    private static final Pattern TARGET = Pattern.compile("(?:href|src)=\"([^\"]*)\"");
    private static final Pattern ID = Pattern.compile(" id=\"([^\"]*)\"");

    @Test
    void everyLinkLeadsToAPageAndAPlaceOnIt() {
        pages().forEach((page, html) -> targets(html).forEach(target -> {
            var parts = target.split("#", 2);
            var file = parts[0].isEmpty() ? page : file(parts[0]);
            assertThat(FILES).as("%s links to %s", page, target).containsKey(file);
            if (parts.length == 2) {
                assertThat(ids(FILES.get(file)))
                        .as("%s links to %s", page, target)
                        .contains(parts[1]);
            }
        }));
    }

    @Test
    void nothingIsFetchedFromElsewhereAndNothingRuns() {
        pages().forEach((page, html) -> {
            assertThat(targets(html))
                    .as(page)
                    .allSatisfy(target -> assertThat(target).matches("(/docs/|#).*"));
            assertThat(html).as(page).doesNotContain("<script", " style=", "<style", "javascript:", " onclick");
        });
        assertThat(FILES.get("style.css")).doesNotContain("url(", "@import");
    }

    @Test
    void idsAreUnique() {
        pages().forEach((page, html) -> assertThat(matches(ID, html)).as(page).doesNotHaveDuplicates());
    }

    @Test
    void restPagesHaveEveryOperationAndSchema() {
        for (var service : List.of("auth-service", "room-service")) {
            var document = Documents.parse(FILES.get(service + ".yaml"));
            var expected = new ArrayList<>(document.findValuesAsText("operationId"));
            document.at("/components/schemas")
                    .fieldNames()
                    .forEachRemaining(name -> expected.add(Schemas.anchor(name)));

            assertThat(ids(FILES.get(service + "/index.html"))).containsAll(expected);
        }
    }

    @Test
    void socketPageHasEveryFrameAndCloseCode() {
        var document = Documents.parse(FILES.get("gateway.yaml"));
        var expected = new ArrayList<String>();
        document.at("/components/messages").fieldNames().forEachRemaining(expected::add);
        for (JsonNode code : document.path("x-close-codes")) {
            expected.add("close-" + code.path("code").asText());
        }

        assertThat(ids(FILES.get("gateway/index.html"))).containsAll(expected);
    }

    @Test
    void everyProblemCodeHasItsPage() {
        for (var code : ProblemCode.values()) {
            assertThat(FILES.get("problems/" + code + "/index.html"))
                    .as(code.toString())
                    .contains("<h1><code>" + code + "</code></h1>", "What a client does");
            assertThat(Documents.parse(FILES.get("problems/" + code + ".json"))
                            .path("status")
                            .asInt())
                    .isEqualTo(code.status());
        }
    }

    @Test
    void refusesACodeWithoutWords() {
        var words = Documents.parse("malformed: { meaning: a, why: b, client: c }");

        assertThatThrownBy(() -> new ProblemPages(words))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("room_not_found");
    }

    @Test
    void textIsNotObeyed() {
        var html = new Html()
                .in("p", "<script>\"&", "title", "\"><script>")
                .html(Markdown.html("a <script> [x](javascript:x)"));

        assertThat(html.toString())
                .startsWith("<p title=\"&quot;&gt;&lt;script&gt;\">&lt;script&gt;&quot;&amp;</p>")
                .doesNotContain("<script>", "javascript:");
    }

    private static Map<String, String> pages() {
        return FILES.entrySet().stream()
                .filter(file -> file.getKey().endsWith(".html"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static String file(String path) {
        var file = path.substring("/docs/".length());
        return file.isEmpty() || file.endsWith("/") ? file + "index.html" : file;
    }

    private static List<String> targets(String html) {
        return matches(TARGET, html);
    }

    private static Set<String> ids(String html) {
        return Set.copyOf(matches(ID, html));
    }

    private static List<String> matches(Pattern pattern, String html) {
        return pattern.matcher(html)
                .results()
                .map(MatchResult::group)
                .map(found -> found.replaceAll("^[^\"]*\"|\"$", ""))
                .toList();
    }
}
