package dev.parley.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds what a new version of the socket's promises ([SocketPromises]) breaks for clients of the old one.
///
/// New frames of the server's, new members of them, new close codes and new frames that a client may send break
/// nothing: clients ignore what they do not know, and take an unknown close code for one after which they come again.
final class SocketCompatibility {

    private final JsonNode before;
    private final JsonNode after;
    private final List<String> breaks = new ArrayList<>();
    private final SchemaCompatibility schemas;

    private SocketCompatibility(JsonNode before, JsonNode after) {
        this.before = before;
        this.after = after;
        this.schemas = new SchemaCompatibility(before, after, breaks);
    }

    /// @return one line for each break, in the order of the old promises; empty when every client goes on working
    static List<String> breaks(JsonNode before, JsonNode after) {
        UnknownForms.refuse(before);
        UnknownForms.refuse(after);
        return new SocketCompatibility(before, after).compare();
    }

    private List<String> compare() {
        before.path("channels").properties().forEach(channel -> {
            var now = after.path("channels").path(channel.getKey());
            if (now.isMissingNode()) {
                breaks.add("channel " + channel.getKey() + " is gone");
            } else {
                channel(channel.getKey(), channel.getValue(), now);
            }
        });
        var codes = texts(after.path("closeCodes"));
        before.path("closeCodes").forEach(code -> {
            if (!codes.contains(code.asText())) {
                breaks.add("close code " + code.asText() + " is gone");
            }
        });
        return breaks.stream().distinct().toList();
    }

    private void channel(String name, JsonNode old, JsonNode now) {
        if (!old.path("address").equals(now.path("address"))) {
            breaks.add("channel %s: %s is %s now"
                    .formatted(
                            name,
                            old.path("address").asText(),
                            now.path("address").asText()));
        }
        schemas.sent("channel " + name + ": query", old.path("query"), now.path("query"));
        schemas.sent("channel " + name + ": headers", old.path("headers"), now.path("headers"));
        frames("channel " + name + ": takes no %s (%s) any more", old.path("receives"), now.path("receives"))
                .forEach(key -> frame(key, true));
        frames("channel " + name + ": sends no %s (%s) any more", old.path("sends"), now.path("sends"))
                .forEach(key -> frame(key, false));
    }

    /// Tells of those that are gone.
    ///
    /// @return the keys of those that are kept
    private Set<String> frames(String gone, JsonNode old, JsonNode now) {
        var kept = texts(now);
        var both = new TreeSet<String>();
        texts(old).forEach(key -> {
            if (kept.contains(key)) {
                both.add(key);
            } else {
                breaks.add(gone.formatted(type(before, key), key));
            }
        });
        return both;
    }

    private void frame(String key, boolean isSent) {
        var was = type(before, key);
        var is = type(after, key);
        if (!was.equals(is)) {
            breaks.add("%s: frame type %s is %s now".formatted(key, was, is));
        }
        var old = before.path("messages").path(key).path("payload");
        var now = after.path("messages").path(key).path("payload");
        if (isSent) {
            schemas.sent(key, old, now);
        } else {
            schemas.received(key, old, now);
        }
    }

    private static String type(JsonNode document, String key) {
        return document.path("messages").path(key).path("name").asText();
    }

    private static Set<String> texts(JsonNode array) {
        var texts = new TreeSet<String>();
        array.forEach(text -> texts.add(text.asText()));
        return texts;
    }
}
