package dev.parley.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.parley.model.event.Timestamps;
import dev.parley.model.id.RoomId;
import dev.parley.model.problem.ProblemCode;
import dev.parley.model.stream.StreamKeys;
import dev.parley.model.text.TextRules;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ModelRulesTest {

    @Test
    void modelKnowsNoFramework() {
        ArchRuleDefinition.classes()
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "dev.parley.model..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.annotation..",
                        "com.fasterxml.uuid..")
                .check(new ClassFileImporter()
                        .withImportOption(new ImportOption.DoNotIncludeTests())
                        .importPackages("dev.parley.model"));
    }

    @Test
    void idsAreUuidsOfVersion7() {
        var id = RoomId.random();

        assertThat(id.value().version()).isEqualTo(7);
        assertThat(RoomId.fromString(id.toString())).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1-1-1-1-1",
                "+198c0de-0000-7000-8000-000000000001",
                "00198c0de-0000-7000-8000-00000000001",
                "0198c0de00007000800000000000000001",
                "0198c0de-0000-7000-8000-00000000000g"
            })
    void refusesWhatIsNoCanonicalUuid(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> RoomId.fromString(text));
    }

    @Test
    void timestampsAlwaysHaveThreeDigits() {
        assertThat(Timestamps.format(Instant.parse("2026-11-22T14:23:05Z"))).isEqualTo("2026-11-22T14:23:05.000Z");
        assertThat(Timestamps.format(Instant.parse("2026-11-22T14:23:05.120456Z")))
                .isEqualTo("2026-11-22T14:23:05.120Z");
    }

    @Test
    void spreadsRoomsOverAllPartitions() {
        var rooms = new int[16];

        IntStream.range(0, 16_000).forEach(_ -> rooms[StreamKeys.partitionOf(RoomId.random(), 16)]++);

        assertThat(Arrays.stream(rooms)).allMatch(count -> count > 800 && count < 1_200);
    }

    @Test
    void keepsAPartitionsKeysOnOneClusterNode() {
        assertThat(StreamKeys.ingest(3)).isEqualTo("ingest:{3}");
        assertThat(StreamKeys.relay(3)).isEqualTo("relay:{3}");
        assertThat(StreamKeys.reply("g")).isEqualTo("reply:{g}");
    }

    @Test
    void codesReadTheirOwnSpelling() {
        for (var code : ProblemCode.values()) {
            assertThat(ProblemCode.fromString(code.toString())).isEqualTo(code);
            assertThat(code.type()).isEqualTo("/docs/problems/" + code);
        }
    }

    @Test
    void countsTextInCodePointsAndRefusesWhatCannotBeStored() {
        assertThat(TextRules.contentViolation("😀".repeat(8_000))).isEmpty();
        assertThat(TextRules.contentViolation("😀".repeat(8_001))).isPresent();
        assertThat(TextRules.contentViolation("")).isPresent();
        assertThat(TextRules.contentViolation("a\nb\t\u202Ec")).isEmpty();
        assertThat(TextRules.contentViolation("a\u0000")).isPresent();
        assertThat(TextRules.contentViolation("\uD800")).isPresent();
        assertThat(TextRules.nameViolation("a\nb", 1, 64)).isPresent();
        assertThat(TextRules.nameViolation("a\u202Eb", 1, 64)).isPresent();
        assertThat(TextRules.nameViolation("Zoë 👩‍👩‍👧", 1, 64)).isEmpty();
        assertThat(TextRules.clientIdViolation("ab ~")).isEmpty();
        assertThat(TextRules.clientIdViolation("a\u007f")).isPresent();
        assertThat(TextRules.clientIdViolation("a".repeat(65))).isPresent();
    }
}
