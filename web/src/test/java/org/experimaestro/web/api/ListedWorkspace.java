package org.experimaestro.web.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.web.http.Query;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/** A workspace that is written as runs and jobs write theirs, and the questions that a page asks about it. */
public final class ListedWorkspace implements AutoCloseable {
    public static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private final Workspace workspace;
    private final List<RunFolder.JobList> lists = new ArrayList<>();
    private RunFolder run;
    private int number;
    private @Nullable Monitored monitored;

    public ListedWorkspace(Path folder) throws IOException {
        workspace = Workspace.open(folder);
        run = newRun("grid");
    }

    public Workspace workspace() {
        return workspace;
    }

    public RunFolder run() {
        return run;
    }

    /** Begins a run, to which jobs are submitted from now on. */
    public RunFolder newRun(String experiment) throws IOException {
        run = workspace.experiment(experiment).newRun(NOW);
        lists.add(run.openJobs());
        describe(ProcessIdentity.current(), null);
        return run;
    }

    public void describe(ProcessIdentity process, @Nullable String outcome) throws IOException {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("plan", "ir.Grid");
        description.put("file", "/plans/it's.yaml");
        description.put("process", process.toJson());
        description.put("started", "2026-11-28T11:00:00.000Z");
        if (outcome != null) {
            description.put("ended", "2026-11-28T12:00:00.000Z");
            description.put("outcome", outcome);
        }
        run.describe(description);
    }

    /** Describes the end of the present run, with the counts of its jobs. */
    public void describeEnd(int done, List<JobFolder> failed, List<JobFolder> skipped) throws IOException {
        Map<String, @Nullable Object> description = new LinkedHashMap<>();
        description.put("process", ProcessIdentity.current().toJson());
        description.put("ended", "2026-11-28T12:00:00.000Z");
        description.put("outcome", "FAILED");
        for (JobCount count : JobCount.values()) {
            description.put(count.key(), count.isDone() ? 0 : List.of());
        }
        description.put(JobCount.EXECUTED.key(), done);
        description.put(
                JobCount.FAILED.key(), failed.stream().map(JobFolder::name).toList());
        description.put(
                JobCount.SKIPPED.key(), skipped.stream().map(JobFolder::name).toList());
        run.describe(description);
    }

    /** Submits a new job. */
    public JobFolder submit(String type, Map<String, Object> tags, JobFolder... dependencies) throws IOException {
        JobFolder job = workspace.job(type, ConfigId.parse(String.format("%08x%024x", ++number * 0x01010101, number)));
        submitAgain(job, tags, dependencies);
        return job;
    }

    /** Submits a job by the present run, too. */
    public void submitAgain(JobFolder job, Map<String, Object> tags, JobFolder... dependencies) throws IOException {
        List<String> names = List.of(dependencies).stream().map(JobFolder::name).toList();
        lists.getLast()
                .add(new RunFolder.SubmittedJob(job.typeId(), job.id(), new TreeMap<>(tags), names, "local", NOW));
    }

    /** Starts a job's process 60 seconds before now. */
    static Attempt begin(JobFolder job) throws IOException {
        return begin(job, Map.of());
    }

    public static Attempt begin(JobFolder job, Map<String, Object> parameters) throws IOException {
        job.claim(ProcessIdentity.current(), "grid");
        job.write(
                Json.write(Map.of(
                        "format",
                        1,
                        "identifierFormat",
                        1,
                        "value",
                        "@task",
                        "configurations",
                        Map.of(
                                "task",
                                Map.of(
                                        "type",
                                        job.typeId(),
                                        "version",
                                        1,
                                        "class",
                                        "T",
                                        "id",
                                        job.id().toString(),
                                        "parameters",
                                        parameters)))),
                "");
        Attempt attempt = job.attempt(1);
        attempt.begin(ProcessIdentity.current(), NOW.minusSeconds(60).toEpochMilli());
        return attempt;
    }

    public static void done(JobFolder job, Map<String, Double> metrics) throws IOException {
        begin(job).done(NOW.minusSeconds(60).toEpochMilli(), metrics, null);
    }

    public static void failed(JobFolder job, String message) throws IOException {
        begin(job).failed(FailureCause.EXCEPTION, message, 1);
    }

    /** Returns the answer of a path with a query, such as {@code jobs?q=state=failed}, from the files as they are. */
    Map<String, @Nullable Object> ask(String question) throws IOException {
        Monitored known = monitored;
        if (known == null) {
            known = new Monitored(
                    workspace, WorkspaceIndex.open(workspace), () -> NOW, Map.of("bad", "state=failed or stat=1"));
            monitored = known;
        } else {
            known.index().refresh();
        }
        int mark = question.indexOf('?');
        String path = mark < 0 ? question : question.substring(0, mark);
        Query query = mark < 0 ? Query.NONE : Query.parse(question.substring(mark + 1));
        return ApiResources.answer(known, List.of(path.split("/")), query);
    }

    /** Returns a list of objects in an answer. */
    @SuppressWarnings("unchecked") // an answer is a tree of JSON values
    static List<Map<String, Object>> list(Map<String, @Nullable Object> answer, String member) {
        return (List<Map<String, Object>>) Objects.requireNonNull(answer.get(member));
    }

    @Override
    public void close() {
        for (RunFolder.JobList list : lists) {
            try {
                list.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }
    }
}
