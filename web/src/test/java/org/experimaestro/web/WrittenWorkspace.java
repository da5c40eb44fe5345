package org.experimaestro.web;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.api.ApiResources;
import org.experimaestro.web.api.Monitored;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunJournal;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A workspace whose files are written as runs and jobs write theirs, and its answers. */
public final class WrittenWorkspace {
    private final Workspace workspace;
    private @Nullable Monitored monitored;

    public WrittenWorkspace(Path folder) {
        workspace = Workspace.open(folder);
    }

    public Workspace workspace() {
        return workspace;
    }

    /** Returns the source of answers, which has read the files when this was called for the first time. */
    public Monitored monitored() {
        Monitored known = monitored;
        if (known == null) {
            known = new Monitored(workspace, WorkspaceIndex.open(workspace), Instant::now, Map.of());
            monitored = known;
        }
        return known;
    }

    /** Answers a question, such as {@code jobs?q=state=failed}, as JSON, after the files were read again. */
    public JsonObject answer(String question) throws IOException {
        monitored().index().refresh();
        int mark = question.indexOf('?');
        String path = mark < 0 ? question : question.substring(0, mark);
        Query query = mark < 0 ? Query.NONE : Query.parse(question.substring(mark + 1));
        String json = Json.write(ApiResources.answer(monitored(), List.of(path.split("/")), query));
        return JsonObject.of(Json.parse(json), "answer");
    }

    public JobFolder job(String type, int number) throws IOException {
        JobFolder job = workspace.job(type, ConfigId.parse(String.format("%08x", number) + "0".repeat(24)));
        Map<String, Object> config = new LinkedHashMap<>();
        config.put("type", type);
        config.put("version", 1);
        config.put("class", "T");
        config.put("id", job.id().toString());
        config.put("parameters", Map.of("x", number));
        config.put("tags", Map.of());
        Map<String, Object> file = new LinkedHashMap<>();
        file.put("format", 1);
        file.put("identifierFormat", 1);
        file.put("workspace", "../../../..");
        file.put("configurations", Map.of("t", config));
        file.put("value", "@t");
        job.write(Json.write(file), "");
        return job;
    }

    public JobFolder begun(String type, int number, Instant started) throws IOException {
        JobFolder job = job(type, number);
        job.claim(ProcessIdentity.current(), "test");
        job.attempt(1).begin(ProcessIdentity.current(), started.toEpochMilli());
        return job;
    }

    public JobFolder done(String type, int number, Instant started, Map<String, Double> metrics) throws IOException {
        JobFolder job = begun(type, number, started);
        job.attempt(1).done(started.toEpochMilli(), metrics, null);
        return job;
    }

    public JobFolder failed(String type, int number, String message) throws IOException {
        JobFolder job = begun(type, number, Instant.now());
        job.attempt(1).failed(FailureCause.EXCEPTION, message, null);
        return job;
    }

    /** Starts a process with the command line of a job's, which is no JVM, and ends when it is told to. */
    public Process start(JobFolder job, String script) throws IOException {
        job.claim(ProcessIdentity.current(), "test");
        Attempt attempt = job.attempt(1);
        List<String> command = new ArrayList<>(List.of("sh", "-c", script));
        command.addAll(JobCommand.of(attempt));
        Process process =
                new ProcessBuilder(command).directory(job.path().toFile()).start();
        attempt.begin(
                ProcessIdentity.find(process.pid()).orElseThrow(), Instant.now().toEpochMilli());
        return process;
    }

    /** Adds lines to the events of a job's first attempt. */
    public static void tell(JobFolder job, String... lines) throws IOException {
        Files.writeString(
                job.events(1), String.join("\n", lines) + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** A job as a run submits it. */
    public record Submitted(JobFolder job, Map<String, Object> tags, List<JobFolder> dependencies) {
        public Submitted(JobFolder job, Map<String, Object> tags) {
            this(job, tags, List.of());
        }
    }

    /** Adds a run that has ended, unless {@code description} says otherwise. */
    public RunFolder run(String experiment, Map<String, @Nullable Object> description, List<Submitted> submitted)
            throws IOException {
        RunFolder run = workspace.experiment(experiment).newRun(Instant.now());
        run.describe(description);
        try (RunFolder.JobList jobs = run.openJobs()) {
            for (Submitted each : submitted) {
                jobs.add(new RunFolder.SubmittedJob(
                        each.job().typeId(),
                        each.job().id(),
                        each.tags(),
                        each.dependencies().stream().map(JobFolder::name).toList(),
                        "local",
                        Instant.now()));
            }
        }
        return run;
    }

    /** Writes changes of a job, by their phases, to the journal of a run. */
    public static void journal(RunJournal journal, JobFolder job, Map<String, Instant> phases) throws IOException {
        for (Map.Entry<String, Instant> phase : phases.entrySet()) {
            journal.add(new RunEvent(phase.getValue(), job.name(), phase.getKey(), OptionalInt.of(1), ""));
        }
    }
}
