package dev.parley.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `./parley` itself, in a repository where Maven is a shell script and the JDKs are empty directories.
class ParleyScriptTest {

    private static final List<String> TOOLS =
            List.of("sh", "dirname", "sed", "readlink", "find", "grep", "awk", "mkdir", "head", "mv", "cat", "touch");

    /// Writes a report until it is newer than the run: file times stand still for some milliseconds.
    private static final String REPORT = """
            report() {
              mkdir -p "$(dirname "$1")"
              until [ -n "$(find "$1" -newer target/parley-tests-begun 2>&1)" ] && [ -f "$1" ]; do
                echo "<testsuite name=\\"A\\" time=\\"1\\" $2>" >"$1"
              done
            }
            """;

    @TempDir
    Path directory;

    private Path repository;
    private Path tools;
    private Path jdks;
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void layOut() throws IOException {
        repository = Files.createDirectories(directory.resolve("re po"));
        tools = Files.createDirectories(directory.resolve("tools"));
        jdks = Files.createDirectories(directory.resolve("jdks"));
        Path script =
                Path.of(System.getProperty("user.dir"), "..", "..", "parley").normalize();
        executable(repository.resolve("parley"), Files.readString(script));
        for (String tool : TOOLS) {
            executable(tools.resolve(tool), "#!/bin/sh\nexec " + which(tool) + " \"$@\"\n");
        }
        maven("echo \"JAVA_HOME is $JAVA_HOME\"; echo \"arguments are $*\"");
        environment.put("PATH", tools.toString());
        environment.put("PARLEY_JDK_PLACE", jdks.toString());
    }

    @Test
    void takesJavaHomeWhenItIsNewEnough() throws Exception {
        environment.put("JAVA_HOME", jdk(directory.resolve("mine"), "26").toString());
        jdk(jdks.resolve("temurin"), "25.0.3");

        assertThat(run("test").output()).contains("JAVA_HOME is " + directory.resolve("mine") + "\n");
    }

    @Test
    void looksFurtherWhenJavaHomeIsTooOld() throws Exception {
        environment.put("JAVA_HOME", jdk(directory.resolve("mine"), "17.0.15").toString());
        jdk(jdks.resolve("temurin"), "25.0.3");

        assertThat(run("test").output()).contains("JAVA_HOME is " + jdks.resolve("temurin") + "\n");
    }

    @Test
    void followsLinksFromThePath() throws Exception {
        Path home = jdk(directory.resolve("linked"), "25");
        Files.createSymbolicLink(directory.resolve("alternative"), home.resolve("bin/javac"));
        Files.createSymbolicLink(tools.resolve("javac"), Path.of("../alternative"));

        assertThat(run("test").output()).contains("JAVA_HOME is " + home + "\n");
    }

    @Test
    void prefersTheWantedVersionToNewerOnes() throws Exception {
        jdk(jdks.resolve("a-27"), "27");
        jdk(jdks.resolve("b-17"), "17.0.1");
        jdk(jdks.resolve("c-25"), "25");
        jdk(jdks.resolve("d-26"), "26.0.1");

        assertThat(run("test").output()).contains("JAVA_HOME is " + jdks.resolve("c-25") + "\n");
    }

    @Test
    void takesNewerWhenNothingElseIsThere() throws Exception {
        jdk(jdks.resolve("b-17"), "17.0.1");
        jdk(jdks.resolve("d-26"), "26.0.1");
        Files.createDirectories(jdks.resolve("jre-25/bin"));
        Files.writeString(jdks.resolve("jre-25/release"), "JAVA_VERSION=\"25\"\n");

        assertThat(run("test").output()).contains("JAVA_HOME is " + jdks.resolve("d-26") + "\n");
    }

    @Test
    void saysInOneLineWhatToInstall() throws Exception {
        jdk(jdks.resolve("b-17"), "17.0.1");

        Result result = run("test");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output().lines()).hasSize(1);
        assertThat(result.output())
                .contains("no JDK 25 or newer found: install one")
                .contains("JAVA_HOME");
    }

    @Test
    void addsUpTheReportsOfThisRunOnly() throws Exception {
        jdk(jdks.resolve("temurin"), "25.0.3");
        Path old = Files.createDirectories(repository.resolve("old/target/surefire-reports"));
        Files.writeString(old.resolve("TEST-Old.xml"), "<testsuite name=\"Old\" tests=\"100\" errors=\"0\">\n");
        maven("""
                                report a/target/surefire-reports/TEST-A.xml 'tests="5" errors="0" skipped="0" failures="0"'
                report b/target/failsafe-reports/TEST-B.xml 'tests="3" errors="0" skipped="0" failures="0"'
                """);

        Result result = run("test", "-Dparley.strict=true");

        assertThat(result.exitCode()).isZero();
        assertThat(result.output()).isEqualTo("8 passed, 0 failed\n");
    }

    @Test
    void countsErrorsAndSkippedTestsAsFailed() throws Exception {
        jdk(jdks.resolve("temurin"), "25.0.3");
        maven("""
                                report a/target/surefire-reports/TEST-A.xml 'tests="9" errors="1" skipped="2" failures="3"'
                """);

        Result result = run("test");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).endsWith("2 skipped, which counts as failed\n3 passed, 6 failed\n");
    }

    @Test
    void failsWithTheBuildButStillCounts() throws Exception {
        jdk(jdks.resolve("temurin"), "25.0.3");
        maven("""
                                report a/target/surefire-reports/TEST-A.xml 'tests="4" errors="0" skipped="0" failures="0"'
                exit 7
                """);

        Result result = run("test");

        assertThat(result.exitCode()).isEqualTo(7);
        assertThat(result.output()).endsWith("4 passed, 0 failed\n");
    }

    @Test
    void failsWhenNoTestRan() throws Exception {
        jdk(jdks.resolve("temurin"), "25.0.3");

        Result result = run("test", "-Dstrict");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output())
                .contains("arguments are -B --fail-at-end verify -Dstrict\n")
                .endsWith("0 passed, 0 failed\n");
    }

    @Test
    void buildsOnlyWhatIsStale() throws Exception {
        Path home = jdk(jdks.resolve("temurin"), "25.0.3");
        executable(home.resolve("bin/java"), "#!/bin/sh\necho \"started $*\"\n");
        Path source = repository.resolve("auth-service/src/main/java/A.java");
        Files.createDirectories(source.getParent());
        Files.writeString(source, "class A {}");
        maven("""
                echo built
                for m in auth-service room-service messaging-gateway; do
                  mkdir -p $m/target/quarkus-app
                  touch $m/target/quarkus-app/quarkus-run.jar
                done
                mkdir -p deploy/local/target/lib deploy/load/target/lib
                """);

        assertThat(run("up").output()).contains("built\n").contains("dev.parley.local.Launcher");
        assertThat(run("up", "--port", "9000").output())
                .doesNotContain("built\n")
                .contains("dev.parley.local.Launcher --port 9000");

        assertThat(run("load", "room").output()).doesNotContain("built\n").contains("dev.parley.load.Load room");

        Files.delete(source);
        assertThat(run("build").output()).contains("built\n").doesNotContain("started");
        assertThat(run("build").output()).isEmpty();
    }

    @Test
    void buildsTheDocumentsBeforeItUpdatesTheContract() throws Exception {
        Path home = jdk(jdks.resolve("temurin"), "25.0.3");
        executable(home.resolve("bin/java"), "#!/bin/sh\necho \"started $*\"\nexit 1\n");
        maven("echo \"built $*\"");

        Result result = run("contract", "--breaking");

        assertThat(result.output())
                .contains("built ", "-pl auth-service,room-service,clients/contract -am package")
                .contains("clients/contract/target/lib/*", "dev.parley.contract.Contract --breaking\n");
        assertThat(result.exitCode()).isEqualTo(1);
    }

    @Test
    void startsNothingWhenTheBuildFails() throws Exception {
        Path home = jdk(jdks.resolve("temurin"), "25.0.3");
        executable(home.resolve("bin/java"), "#!/bin/sh\necho started\n");
        maven("exit 1");

        Result result = run("up");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.output()).contains("the build failed").doesNotContain("started");
    }

    @Test
    void explainsItself() throws Exception {
        assertThat(run("help").output()).contains("./parley up", "./parley test", "PARLEY_POSTGRES_URL");
        assertThat(run("frobnicate").exitCode()).isEqualTo(2);
    }

    private record Result(int exitCode, String output) {}

    private Result run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                tools.resolve("sh").toString(), repository.resolve("parley").toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), output);
    }

    private void maven(String body) throws IOException {
        executable(repository.resolve("mvnw"), "#!/bin/sh\n" + REPORT + body + "\n");
    }

    private static Path jdk(Path home, String version) throws IOException {
        Files.createDirectories(home.resolve("bin"));
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Nobody\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private static void executable(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private static Path which(String tool) {
        for (String place : System.getenv("PATH").split(":", -1)) {
            Path candidate = Path.of(place, tool);
            if (Files.isExecutable(candidate)) {
                return candidate;
            }
        }
        throw new AssertionError("There is no " + tool + " on the PATH");
    }
}
