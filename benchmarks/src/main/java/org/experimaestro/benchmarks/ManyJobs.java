package org.experimaestro.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;

/**
 * Makes a workspace of jobs that are done, each with 8 tags, 12 parameters and 5 metrics, which one run of an experiment
 * submitted: what {@code benchmarks/look} looks at. Each but the first hundred uses the result of one of these. A hundred other experiments have ended; the process of every second one was
 * killed before it could record that. Arguments: the folder, and how many jobs.
 */
public final class ManyJobs {
    private static final int TAGS = 8;
    private static final int PARAMETERS = 12;
    private static final int METRICS = 5;
    private static final int TYPES = 4;
    private static final int USED_JOBS = 100;
    private static final int FORMER_EXPERIMENTS = 100;
    private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

    private ManyJobs() {}

    /**
     * Makes the workspace.
     *
     * @param arguments the folder, and the number of jobs
     * @throws IOException if it cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Workspace workspace = Workspace.open(Path.of(arguments[0]));
        int count = Integer.parseInt(arguments[1]);
        for (int i = 0; i < FORMER_EXPERIMENTS; i++) {
            end(workspace.experiment("former-" + i).newRun(LONG_AGO), i % 2 == 0);
        }
        RunFolder run = workspace.experiment("grid").newRun(Instant.now());
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (int i = 0; i < count; i++) {
                JobFolder job = job(workspace, i);
                Map<String, Object> tags = tags(i);
                jobs.add(new RunFolder.SubmittedJob(job.typeId(), job.id(), tags, uses(i), "local", Instant.now()));
                finish(job, tags, i);
            }
        }
        run.describe(Map.of("outcome", "DONE"));
    }

    private static void end(RunFolder run, boolean hasRecorded) throws IOException {
        ProcessIdentity current = ProcessIdentity.current();
        ProcessIdentity killed = new ProcessIdentity(
                current.host(),
                current.boot(),
                current.pid(),
                current.start() - 1,
                current.machine(),
                current.processes());
        run.openJobs().close();
        run.openJournal().close();
        run.describe(Map.of(hasRecorded ? "outcome" : RunFolder.PROCESS, hasRecorded ? "DONE" : killed.toJson()));
    }

    static JobFolder job(Workspace workspace, int number) {
        return workspace.job(type(number), ConfigId.parse(id(number)));
    }

    private static String type(int number) {
        return "bench.task" + number % TYPES;
    }

    private static String id(int number) {
        return String.format("%08x%024x", number * 2_654_435_761L & 0xFFFFFFFFL, number);
    }

    /** Returns the names of the jobs whose results a job uses. */
    private static List<String> uses(int number) {
        int used = number % USED_JOBS;
        return number < USED_JOBS ? List.of() : List.of(type(used) + "/" + id(used));
    }

    static void finish(JobFolder job, Map<String, Object> tags, int number) throws IOException {
        job.claim(ProcessIdentity.current(), "grid");
        job.write(parameters(job, tags, number), "");
        job.attempt(1).begin(ProcessIdentity.current(), System.currentTimeMillis());
        Map<String, Double> metrics = new LinkedHashMap<>();
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < METRICS; i++) {
            metrics.put("metric" + i, number / (i + 1.0));
            events.append("{\"time\":1795470979621,\"metric\":\"metric")
                    .append(i)
                    .append("\",\"value\":")
                    .append(number / (i + 1.0))
                    .append("}\n");
        }
        Files.writeString(job.events(1), events);
        job.attempt(1).done(System.currentTimeMillis(), metrics, null);
    }

    static Map<String, Object> tags(int number) {
        Map<String, Object> tags = new TreeMap<>();
        for (int i = 0; i < TAGS; i++) {
            tags.put("tag" + i, (long) (number >> i));
        }
        return tags;
    }

    static String parameters(JobFolder job, Map<String, Object> tags, int number) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        for (int i = 0; i < PARAMETERS; i++) {
            parameters.put("parameter" + i, number + i);
        }
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", job.typeId());
        config.put("version", 1);
        config.put("class", "bench.Task");
        config.put("id", job.id().toString());
        Map<String, Object> configurations = new LinkedHashMap<>();
        for (String used : uses(number)) {
            parameters.put("input", "@input");
            configurations.put(
                    "input",
                    Map.of(
                            "type",
                            "bench.input",
                            "version",
                            1,
                            "class",
                            "bench.Input",
                            "id",
                            "0".repeat(32),
                            "parameters",
                            Map.of(),
                            "producer",
                            used));
        }
        config.put("parameters", parameters);
        config.put("tags", tags);
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", 1);
        file.put("identifierFormat", 1);
        file.put("workspace", job.pathToWorkspace());
        configurations.put("task", config);
        file.put("configurations", configurations);
        file.put("value", "@task");
        return Json.write(file);
    }
}
