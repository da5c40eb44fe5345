package org.experimaestro.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of file with each format: what its readers say. */
class FileFormatsTest {
    private static final ProcessIdentity SELF = ProcessIdentity.current();
    private static final String NONE = "none";

    @TempDir
    Path root;

    private JobFolder job;
    private RunFolder run;

    @BeforeEach
    void make() throws IOException {
        Workspace workspace = Workspace.open(root);
        job = workspace.job("test.job", ConfigId.parse("00000000000000030000000000000004"));
        run = workspace.experiment("trial").newRun(Instant.EPOCH);
    }

    static Stream<Arguments> table() {
        List<Arguments> table = new ArrayList<>();
        for (String file :
                List.of("attempt", "process", "handed", "failed", "ended", "done", "run", "jobs", "marker")) {
            table.add(Arguments.of(file, NONE, "\"format\" is missing"));
            table.add(Arguments.of(file, "0", "its format is 0, which no version writes"));
            table.add(
                    Arguments.of(
                            file,
                            "1",
                            "its format is 1, this version reads 2; convert the workspace with: experimaestro workspaces upgrade"));
            table.add(Arguments.of(file, "2", ""));
            table.add(Arguments.of(file, "3", "its format is 3, this version knows up to 2; update Experimaestro"));
            table.add(Arguments.of(file, "\"2\"", "\"format\" should be an integer but is \"2\""));
        }
        return table.stream();
    }

    @ParameterizedTest(name = "{0} of format {1}")
    @MethodSource("table")
    void read_fileOfAFormat_isReadOrSaysWhatToDo(String kind, String format, String problem) throws IOException {
        Path file = write(kind);
        Map<String, Object> json = new LinkedHashMap<>();
        JsonObject written = JsonFile.read(file, JsonFile.SMALL_BYTES);
        if (!format.equals(NONE)) {
            json.put("format", Json.parse(format));
        }
        for (String key : written.keys()) {
            json.putIfAbsent(key, written.raw(key));
        }
        if (format.equals(NONE)) {
            json.remove("format");
        }
        Files.writeString(file, Json.write(json));

        if (problem.isEmpty()) {
            assertThat(read(kind)).isEmpty();
        } else {
            assertThat(read(kind)).contains(problem, file.toString());
        }
    }

    private Path write(String kind) throws IOException {
        switch (kind) {
            case "marker" -> {
                return root.resolve(WorkspaceLayout.MARKER);
            }
            case "run", "jobs" -> {
                run.describe(Map.of("plan", "Trial"));
                return run.path().resolve("run.json");
            }
            default -> {
                Attempt attempt = ((Claim.Granted) job.claim(SELF, "run")).attempt();
                return write(kind, attempt);
            }
        }
    }

    private Path write(String kind, Attempt attempt) throws IOException {
        switch (kind) {
            case "process" -> attempt.begin(SELF, 5_000);
            case "handed" -> attempt.recordBatchJob(new BatchJobReference("farm", "test", "7", "/log", Instant.EPOCH));
            case "failed" -> attempt.failed(FailureCause.EXCEPTION, "no data", 1);
            case "ended" -> attempt.ended(SELF, FailureCause.NODE_FAILURE, "lost", null);
            case "done" -> attempt.done(5_000, Map.of("loss", 0.5), null);
            default -> {}
        }
        return job.internalFolder().resolve(kind.equals("done") ? "done.json" : kind + "-1.json");
    }

    /** The problem that a reader has, empty if it has none. */
    private String read(String kind) {
        try {
            switch (kind) {
                case "marker" -> Workspace.open(root);
                case "run" -> run.description();
                case "jobs" -> run.readJobs(job -> {});
                default -> {
                    return job.status() instanceof JobStatus.Corrupt corrupt ? corrupt.message() : "";
                }
            }
            return "";
        } catch (WorkspaceException refused) {
            return String.valueOf(refused.getMessage());
        }
    }
}
