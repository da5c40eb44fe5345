package org.experimaestro.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.experimaestro.cli.SampleWorkspace.adam;
import static org.experimaestro.cli.SampleWorkspace.learn;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.experimaestro.cli.configuration.DescribeCommand;
import org.experimaestro.cli.configuration.ExplainCommand;
import org.experimaestro.cli.job.JobsKillCommand;
import org.experimaestro.cli.job.JobsListCommand;
import org.experimaestro.cli.job.JobsLogCommand;
import org.experimaestro.disturbance.JvmCommand;
import org.experimaestro.disturbance.OtherUser;
import org.experimaestro.workspace.JobFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in the place of a job's or a run's file: it is named, the other jobs are there, and no command hangs or breaks. */
@Timeout(120)
@Tag("thorough")
class BadFileTest {
    private static final String DEEP = "[".repeat(20_000);
    private static final String DIGITS = "7".repeat(1_000_000);

    @TempDir
    Path root;

    private SampleWorkspace sample;
    private JobFolder good;
    private JobFolder bad;

    @BeforeEach
    void makeJobs() throws IOException {
        sample = new SampleWorkspace(root);
        good = sample.store(learn(1, adam(0.1), 1));
        bad = sample.store(learn(2, adam(0.1), 1));
        SampleWorkspace.done(good);
        SampleWorkspace.done(bad);
        sample.run("study", Map.of(good, Map.of("layers", 1L), bad, Map.of("layers", 2L)));
    }

    /** Puts something in a place. */
    private interface Spoiler {
        void spoil(Path file) throws IOException;
    }

    private static Arguments in(String file, String what, Spoiler spoiler) {
        return Arguments.of(file, what, spoiler);
    }

    static Stream<Arguments> files() {
        return Stream.of("done.json", "params.json", "classpath.txt")
                .flatMap(file -> Stream.of(
                        in(file, "a pipe", BadFileTest::pipe),
                        in(file, "a folder", Files::createDirectory),
                        in(file, "an endless file", path -> Files.createSymbolicLink(path, Path.of("/dev/zero"))),
                        in(file, "a link to nothing", path -> Files.createSymbolicLink(path, Path.of("nothing"))),
                        in(file, "a link to itself", path -> Files.createSymbolicLink(path, path.getFileName())),
                        in(file, "a huge file", BadFileTest::huge)));
    }

    static Stream<Arguments> texts() {
        return Stream.of(
                in("done.json", "deep", path -> Files.writeString(path, DEEP)),
                in(
                        "done.json",
                        "digits",
                        path -> Files.writeString(path, "{\"format\": 2, \"attempt\": " + DIGITS + "}")),
                in(
                        "done.json",
                        "no attempt",
                        path -> Files.writeString(
                                path,
                                "{\"format\": 2, \"attempt\": 99999999999, \"started\": \"2026-11-23T21:56:17.339Z\","
                                        + " \"ended\": \"2026-11-23T21:56:18.000Z\", \"metrics\": {}}")),
                in(
                        "done.json",
                        "no time",
                        path -> Files.writeString(
                                path,
                                "{\"format\": 2, \"attempt\": 1, \"started\": -9223372036854775808,"
                                        + " \"ended\": \"2026-11-23T21:56:18.000Z\", \"metrics\": {}}")),
                in("done.json", "format", path -> rewrite(path, "\"format\": 2", "\"format\": 99999999999")),
                in("done.json", "old format", path -> rewrite(path, "\"format\": 2", "\"format\": 1")),
                in("params.json", "deep", path -> Files.writeString(path, DEEP)),
                in("params.json", "digits", path -> Files.writeString(path, "{\"format\": " + DIGITS + "}")),
                in("params.json", "version", path -> rewrite(path, "\"version\": 1", "\"version\": 99999999999")),
                in("params.json", "format", path -> rewrite(path, "\"format\": 1", "\"format\": 99999999999")),
                in("params.json", "exponent", path -> rewrite(path, "\"version\": 1", "\"version\": 1e99999999999")),
                in("classpath.txt", "way out", path -> Files.writeString(path, "../../../../../tmp/evil.jar\n")),
                in("classpath.txt", "absolute way out", path -> Files.writeString(path, "/tmp/evil.jar\n")),
                in("classpath.txt", "no path", path -> Files.writeString(path, "a\0b\n")));
    }

    @ParameterizedTest(name = "{1} as {0}")
    @MethodSource({"files", "texts"})
    void commands_badFileOfAJob_isNamedAndTheOthersAreThere(String name, String what, Spoiler spoiler)
            throws IOException {
        Path file = bad.parametersFile().resolveSibling(name);
        String text = Files.readString(file);
        Files.delete(file);
        spoiler.spoil(what.matches("version|(old )?format|exponent") ? Files.writeString(file, text) : file);

        if (name.equals("classpath.txt")) {
            assertThat(everyCommand().get("explain")).contains(name);
        } else {
            assertThat(everyCommand().get("list")).contains(file.toString());
        }
    }

    @ParameterizedTest
    @CsvSource({"chain, 20000", "tags, 20000", "circle, 20000", "circle, 1", "doubling, 20000"})
    void commands_manyConfigurations_areShownOrRefused(String shape, int size) throws IOException {
        StringBuilder text =
                new StringBuilder("{\"format\": 1, \"value\": \"@c" + (size - 1) + "\", \"configurations\": {");
        for (int i = 0; i < size; i++) {
            String part = i > 0 ? "\"@c" + (i - 1) + "\"" : shape.equals("circle") ? "\"@c" + (size - 1) + "\"" : "1";
            text.append(i == 0 ? "" : ", ")
                    .append("\"c%d\": {\"type\": \"t\", \"version\": 1, \"class\": \"T\", \"id\": \"%032x\","
                            .formatted(i, i))
                    .append(" \"parameters\": {\"one\": " + part + ", \"two\": " + (shape.equals("doubling") ? part : 2)
                            + "}}");
        }
        Files.writeString(bad.parametersFile(), text + "}}");

        assertThat(everyCommand().get("explain")).contains("one");
    }

    @ParameterizedTest
    @MethodSource("attempts")
    void commands_strangeAttempt_isNamedAndTheOthersAreThere(String number) throws IOException {
        Files.delete(bad.parametersFile().resolveSibling("done.json"));
        Path file = bad.parametersFile().resolveSibling("attempt-" + number + ".json");
        Files.writeString(file, "{}");

        assertThat(everyCommand().get("list")).contains(file.toString());
    }

    static Stream<String> attempts() {
        return Stream.of("2147483647", "0", "-1", "01", "99999999999", "x");
    }

    @Test
    void commands_linkInThePlaceOfOurFolder_isNamedAndTheOthersAreThere() throws IOException {
        Path ours = bad.parametersFile().getParent();
        Path moved = Files.move(ours, root.resolve("moved"));
        Files.createSymbolicLink(ours, moved);

        assertThat(everyCommand().get("list")).contains(ours.toString());
    }

    @Test
    void commands_foldersThatAreNone_leaveTheOthersThere() throws IOException {
        Path jobs = root.resolve("jobs");
        Files.createSymbolicLink(jobs.resolve("loop"), Path.of("loop"));
        Files.createFile(jobs.resolve("file"));
        Files.createSymbolicLink(good.path().resolveSibling("f".repeat(32)), Path.of("f".repeat(32)));
        Files.createSymbolicLink(root.resolve("experiments/loop"), Path.of("loop"));
        Files.createDirectories(root.resolve("experiments/odd/runs/x/jobs.jsonl"));

        assertThat(everyCommand().get("list")).contains("jobs/loop", "f".repeat(32), "jobs.jsonl");
    }

    @Test
    void commands_manyStrangeFilesAndNames_areOfNoConsequence() throws IOException, InterruptedException {
        Process odd = new ProcessBuilder(
                        "sh",
                        "-c",
                        "cd \"$1\" && for n in $(seq 20000); do echo x$n; done | xargs touch"
                                + " && : >\"$(printf 'attempt-\\377.txt')\" && : >\"$(printf '\\377\\376')\"",
                        "sh",
                        bad.parametersFile().getParent().toString())
                .inheritIO()
                .start();
        assertThat(odd.waitFor()).isZero();

        assertThat(everyCommand().get("list")).doesNotContain("corrupt");
    }

    @ParameterizedTest
    @MethodSource("runLines")
    void commands_badListOfARun_isNamedAndTheJobsAreThere(Spoiler spoiler) throws IOException {
        Path run = sample.workspace().experiment("study").runs().getLast().path();
        Path file = run.resolve("jobs.jsonl");
        Files.delete(file);
        spoiler.spoil(file);

        assertThat(everyCommand().get("list")).contains(file.toString());
    }

    static Stream<Spoiler> runLines() {
        return Stream.of(
                BadFileTest::pipe,
                Files::createDirectory,
                BadFileTest::huge,
                path -> Files.createSymbolicLink(path, Path.of("/dev/zero")),
                path -> Files.writeString(path, "{\"job\": " + DIGITS + "}\n"),
                path -> Files.writeString(path, DEEP + "\n"));
    }

    @ParameterizedTest
    @MethodSource("typeTexts")
    void commands_badTypeInAJar_isNamedAndTheOthersAreThere(String text, int times) throws IOException {
        Path jar = root.resolve("classpath/bad-0123.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("META-INF/experimaestro/types/bad.json"));
            for (int i = 0; i < times; i++) {
                zip.write(text.getBytes());
            }
            zip.closeEntry();
        }

        assertThat(everyCommand().get("describe")).contains(jar.toString());
    }

    static Stream<Arguments> typeTexts() {
        String type = "List<".repeat(20_000) + "Integer" + ">".repeat(20_000);
        String start =
                "{\"format\": 1, \"type\": \"bad\", \"class\": \"Bad\", \"task\": false, \"description\": \"\", ";
        return Stream.of(
                Arguments.of(" ".repeat(1_000_000), 600),
                Arguments.of(DEEP, 1),
                Arguments.of(start + "\"version\": 99999999999, \"parameters\": []}", 1),
                Arguments.of(
                        start + "\"version\": 1, \"parameters\": [{\"name\": \"x\", \"oneOf\": [], \"type\": \"" + type
                                + "\"}]}",
                        1));
    }

    @Test
    void commands_pipeAsAJar_isNamedAndTheOthersAreThere() throws IOException {
        Path jar = root.resolve("classpath/bad-0123.jar");
        pipe(jar);

        assertThat(everyCommand().get("describe")).contains(jar.toString());
    }

    @Test
    void commands_linkToAJarElsewhere_isNamedAndNotFollowed() throws IOException {
        Path elsewhere = Files.createTempFile("private", ".jar");
        Path jar = Files.createSymbolicLink(root.resolve("classpath/bad-0123.jar"), elsewhere);
        try {
            assertThat(everyCommand().get("describe")).contains(jar + " leads out of the workspace");
        } finally {
            Files.delete(elsewhere);
        }
    }

    @ParameterizedTest
    @MethodSource("logs")
    void log_thatLeadsOut_isRefusedAndNamed(Spoiler spoiler) throws IOException {
        Path log = bad.standardOutput(1);
        spoiler.spoil(log);

        SampleWorkspace.Result result =
                sample.execute(new JobsLogCommand(new PrintStream(OutputStream.nullOutputStream()), false), id(bad));

        assertThat(result.exitCode()).isNotZero();
        assertThat(result.err()).contains(log.toString());
    }

    static Stream<Spoiler> logs() {
        return Stream.of(
                BadFileTest::pipe,
                Files::createDirectory,
                path -> Files.createSymbolicLink(path, Path.of("/etc/passwd")),
                path -> Files.createSymbolicLink(path, Path.of("../../../../.experimaestro.json")),
                path -> Files.createSymbolicLink(path, Path.of("..")));
    }

    @Test
    void log_thatContinuesAnother_isShown() throws IOException {
        Files.writeString(bad.standardOutput(1), "words\n");
        bad.attempt(2).continueLogs(1);
        var shown = new ByteArrayOutputStream();

        sample.execute(new JobsLogCommand(new PrintStream(shown), false), id(bad), "--attempt=2", "--out");

        assertThat(shown).hasToString("words\n");
    }

    @Test
    void list_foldersWithoutPermission_areNamedAndTheOthersAreThere() throws IOException {
        Optional<OtherUser> other = OtherUser.find();
        assumeTrue(other.isPresent(), "only root can give folders to another user, whose permissions count");
        JobFolder closed = sample.store(learn(3, adam(0.1), 1));
        Path type = Files.createDirectories(root.resolve("jobs/closed.type"));
        Path runs = root.resolve("experiments/study/runs");
        Path jar = Files.createFile(root.resolve("classpath/closed-0123.jar"));
        for (Path path : List.of(closed.path(), type, runs, jar)) {
            Files.setPosixFilePermissions(other.get().own(path), PosixFilePermissions.fromString("rwx------"));
        }

        String java = "'"
                + String.join("' '", JvmCommand.of("-cp", System.getProperty("java.class.path"), Main.class.getName()))
                + "' ";
        String listed = other.get().runKeptOut(java + "jobs list --json --workdir='" + root + "' 2>&1");
        String described = other.get().runKeptOut(java + "describe --workdir='" + root + "' 2>&1");

        assertThat(listed)
                .contains(
                        id(good),
                        id(bad),
                        closed.path().resolve(JobFolder.INTERNAL).toString())
                .contains("Cannot list " + type, "Cannot list " + runs);
        assertThat(described).contains("Learn", "Cannot read the types of " + jar);
    }

    /** What each command prints; all of them end as they should, with the good job and its types where these belong. */
    private Map<String, String> everyCommand() {
        assertThat(printed(() -> sample.execute(new JobsListCommand()))).contains(id(good), id(bad));
        String list = printed(() -> sample.execute(new JobsListCommand(), "--json"));
        assertThat(list).contains(good.name(), bad.name());
        String describe = printed(() -> sample.execute(new DescribeCommand()));
        assertThat(describe).contains("Learn");
        String other = printed(() -> sample.execute(new ExplainCommand(), id(good)));
        assertThat(other).contains("optimizer");
        printed(() ->
                sample.execute(new JobsLogCommand(new PrintStream(OutputStream.nullOutputStream()), false), id(bad)));
        printed(() -> sample.execute(new JobsKillCommand(), id(bad)));
        printed(() -> sample.execute(new JobsKillCommand(), "--tags=layers=2", "--yes"));
        String explain = printed(() -> sample.execute(new ExplainCommand(), id(bad)));
        return Map.of("list", list, "describe", describe, "explain", explain);
    }

    private static String printed(Supplier<SampleWorkspace.Result> command) {
        SampleWorkspace.Result result = command.get();
        assertThat(result.err()).doesNotContain("Exception", "StackOverflowError", "\tat ", "nexpected");
        return result.out() + result.err();
    }

    private static String id(JobFolder job) {
        return job.id().toString().substring(0, 8);
    }

    private static void rewrite(Path file, String text, String other) throws IOException {
        Files.writeString(file, Files.readString(file).replaceFirst(text, other));
    }

    /** Of no content, and so of no weight on the disk. */
    private static void huge(Path file) throws IOException {
        try (RandomAccessFile empty = new RandomAccessFile(file.toFile(), "rw")) {
            empty.setLength(100L << 30);
        }
    }

    private static void pipe(Path file) throws IOException {
        try {
            assertThat(new ProcessBuilder("mkfifo", file.toString()).start().waitFor())
                    .isZero();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException(stopped);
        }
    }
}
