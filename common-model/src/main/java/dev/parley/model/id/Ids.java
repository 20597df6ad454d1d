package dev.parley.model.id;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochRandomGenerator;
import java.util.UUID;

/// Makes and reads UUIDs. Thread-safe.
final class Ids {

    private static final TimeBasedEpochRandomGenerator GENERATOR = Generators.timeBasedEpochRandomGenerator();

    private Ids() {}

    static UUID next() {
        return GENERATOR.generate();
    }

    /// [UUID#fromString] alone also takes `1-1-1-1-1` and a sign: two spellings of one id would break look-ups by text.
    static UUID parse(String text) {
        var id = UUID.fromString(text);
        if (!id.toString().equalsIgnoreCase(text)) {
            throw new IllegalArgumentException("not a UUID");
        }
        return id;
    }
}
