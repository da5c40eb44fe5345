package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.core.json.TimeText;
import org.jspecify.annotations.Nullable;

/**
 * The folder of one run of an experiment: {@code run.json} describes the run, {@code jobs.jsonl} has a line for each
 * submission of a job, and {@code events.jsonl} one for each change of a job. It has one writer, and any number of
 * readers.
 */
public final class RunFolder {
    static final String TIME = "time";
    private static final String LAUNCHER = "launcher";

    /** The member of the description with the names of the jars of which the class path of the run's jobs consists. */
    public static final String CLASS_PATH = "classPath";

    /** The member of the description with the time since when the run is paused. It is absent otherwise. */
    public static final String PAUSED = "paused";

    /** The member of the description with the number of failures after which the run starts no more jobs. */
    public static final String MAX_FAILURES = "maxFailures";

    /** The member of the description with the number of jobs that run at once on the machine of the run's process. */
    public static final String JOBS_HERE = "jobsHere";

    /** The largest number of submissions that are read at once. */
    public static final int MOST_JOBS = 500_000;
    /** The largest number of changes of jobs that are read at once: ten for each job. */
    private static final int MOST_EVENTS = 10 * MOST_JOBS;

    /** The member of the description that identifies the run's process. */
    public static final String PROCESS = "process";

    static final String DESCRIPTION = "run.json";
    static final String JOBS = "jobs.jsonl";
    private static final String JOURNAL = "events.jsonl";
    private static final String RELEASED = "released.jsonl";

    private final Path path;
    private final String experiment;
    private final String name;

    RunFolder(Path path, String experiment, String name) {
        this.path = path;
        this.experiment = experiment;
        this.name = name;
    }

    /**
     * A submission of a job with a set of tags. A run may submit a job several times, with different tags.
     *
     * @param typeId the task's type id
     * @param id the task's identifier
     * @param tags the values of the tags, sorted by name
     * @param dependencies the names of the jobs for which this one waits, {@code type/identifier}
     * @param launcher the name of the job's launcher; empty for a job that was done, or whose launcher is not known
     * @param time the time of the submission, with a precision of a millisecond
     */
    public record SubmittedJob(
            String typeId,
            ConfigId id,
            Map<String, Object> tags,
            List<String> dependencies,
            String launcher,
            Instant time) {

        /**
         * Returns the job's name.
         *
         * @return the same as {@link JobFolder#name}
         */
        public String name() {
            return typeId + "/" + id;
        }
    }

    /**
     * Returns the experiment's name.
     *
     * @return the name
     */
    public String experiment() {
        return experiment;
    }

    /**
     * Returns the run's name, which is made from the time of its start, in UTC.
     *
     * @return for example {@code 20260131-120000}
     */
    public String name() {
        return name;
    }

    /**
     * Returns the names of the experiment and the run, which together tell the run from all others of the workspace.
     *
     * @return for example {@code grid/20260131-120000}
     */
    public String qualifiedName() {
        return qualifiedName(experiment, name);
    }

    /**
     * Returns the name of a run among all of a workspace, as {@link #qualifiedName()} does.
     *
     * @param experiment the name of the experiment
     * @param run the name of the run
     * @return for example {@code grid/20260131-120000}
     */
    public static String qualifiedName(String experiment, String run) {
        return experiment + "/" + run;
    }

    /**
     * Returns the folder's path.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * Writes the description of the run, and replaces an earlier one.
     *
     * @param description plain JSON values, without format, experiment and run, which are added
     * @throws IOException if it cannot be written
     */
    public void describe(Map<String, @Nullable Object> description) throws IOException {
        Map<String, @Nullable Object> json = new LinkedHashMap<>(StoredFiles.begin());
        json.put("experiment", experiment);
        json.put("run", name);
        json.putAll(description);
        AtomicFile.write(descriptionFile(), Json.write(json));
    }

    /**
     * Reads the description of the run.
     *
     * @return the object written by {@link #describe}; empty if the run has just begun, or could not write it
     * @throws WorkspaceException if it cannot be read, or is of another format
     */
    public Optional<JsonObject> description() {
        Path file = descriptionFile();
        try {
            return Optional.of(StoredFiles.CURRENT.read(file, JsonFile.LARGE_BYTES));
        } catch (NoSuchFileException notYet) {
            return Optional.empty();
        } catch (IOException unreadable) {
            throw problem(file, Failures.reason(unreadable), unreadable);
        } catch (JsonException corrupt) {
            throw problem(file, String.valueOf(corrupt.getMessage()), corrupt);
        }
    }

    /**
     * Returns whether a run has recorded its end. A run that was killed has not; see {@link RunState}.
     *
     * @param members the names of the members of its description
     * @return true if the description has its end; or its outcome, which the conversion of a workspace adds for a run
     *     that was killed
     */
    public static boolean hasEnded(Collection<String> members) {
        return members.contains("ended") || members.contains("outcome");
    }

    private WorkspaceException problem(Path file, String reason, Exception cause) {
        return WorkspaceException.of("Cannot read the description" + ofRun() + ": " + reason)
                .at(file.toString())
                .cause(cause)
                .build();
    }

    /**
     * Opens the list of submitted jobs for writing.
     *
     * @return the list, to be closed at the end of the run
     * @throws IOException if it cannot be opened
     */
    public JobList openJobs() throws IOException {
        NewFile.open(jobsFile()).close();
        return new JobList(jobsFile());
    }

    /** The writer of the list of submitted jobs. Confined to one thread at a time. */
    public static final class JobList implements AutoCloseable {
        private final Path file;

        JobList(Path file) {
            this.file = file;
        }

        /**
         * Adds a job. It is visible to readers at once, because a plan may wait for its jobs before its end, or be
         * killed. The file is closed, because on NFS the readers of other hosts see a line only then, and a run looks at a job
         * only when others can see that it needs the job.
         *
         * @param job the job
         * @throws IOException if it cannot be written
         */
        public void add(SubmittedJob job) throws IOException {
            Map<String, Object> json = new LinkedHashMap<>();
            json.put(TIME, TimeText.of(job.time().toEpochMilli()));
            json.put("job", job.name());
            json.put("tags", job.tags());
            json.put("dependencies", job.dependencies());
            if (!job.launcher().isEmpty()) {
                json.put(LAUNCHER, job.launcher());
            }
            append(file, json);
        }

        @Override
        public void close() throws IOException {
            // Each line closes the file.
        }
    }

    /**
     * Reads the submissions so far, one after the other, because there may be many.
     *
     * @param reader receives each submission, in their order; an incomplete last line is left out
     * @throws WorkspaceException if the list cannot be read, or has more than 500,000 submissions; the reader has
     *     received those before the fault
     */
    public void readJobs(Consumer<SubmittedJob> reader) {
        readJobs(0, (job, end) -> reader.accept(job));
    }

    /**
     * Reads the submissions since an earlier call, to follow the run while it goes on.
     *
     * @param offset the result of the earlier call, in bytes; 0 at first
     * @param reader receives each submission, in their order, with the offset after it, from which the next call can
     *     continue if this one fails; an incomplete last line is left for the next call
     * @return the offset for the next call; the same if there is nothing new
     * @throws WorkspaceException if the list cannot be read, or has more than 500,000 further submissions; the reader
     *     has received those before the fault
     */
    public long readJobs(long offset, ObjLongConsumer<SubmittedJob> reader) {
        if (offset == 0) {
            description(); // which has the format of the lines too
        }
        return RunLines.read(
                jobsFile(), offset, MOST_JOBS, "jobs" + ofRun(), (json, end) -> reader.accept(parse(json), end));
    }

    /**
     * Records that the run does not need the outputs of a job any more. It is visible to readers at once.
     *
     * @param job the name of the job, {@code type/identifier}
     * @throws IOException if it cannot be written
     */
    public void release(String job) throws IOException {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(TIME, TimeText.now());
        json.put("job", job);
        append(path.resolve(RELEASED), json, StandardOpenOption.CREATE);
    }

    private static void append(Path file, Map<String, Object> json, OpenOption... more) throws IOException {
        Set<OpenOption> options = new HashSet<>(List.of(more));
        options.add(StandardOpenOption.APPEND);
        options.add(LinkOption.NOFOLLOW_LINKS);
        Files.writeString(file, Json.writeLine(json) + "\n", options.toArray(OpenOption[]::new));
    }

    /**
     * Reads the jobs whose outputs the run needs no more, since an earlier call.
     *
     * @param offset the result of the earlier call, in bytes; 0 at first
     * @param reader receives the name of each job; an incomplete last line is left for the next call
     * @return the offset for the next call; the same if there is nothing new
     * @throws WorkspaceException if the file cannot be read
     */
    public long readReleased(long offset, Consumer<String> reader) {
        return RunLines.read(
                path.resolve(RELEASED),
                offset,
                MOST_JOBS,
                "released jobs" + ofRun(),
                (json, end) -> reader.accept(JobFolder.requireName(json.string("job"))));
    }

    /**
     * Opens the journal of the run, the list of the changes of its jobs, for writing.
     *
     * @return the journal, to be closed at the end of the run
     * @throws IOException if it cannot be opened
     */
    public RunJournal openJournal() throws IOException {
        return RunJournal.open(journalFile());
    }

    /**
     * Reads the changes of jobs that the run has written since an earlier call, to follow the run while it goes on.
     *
     * @param offset the result of the earlier call, in bytes; 0 at first
     * @param reader receives each change, in the order of time; an incomplete last line is left for the next call
     * @return the offset for the next call; the same if there is nothing new
     * @throws WorkspaceException if the journal cannot be read, or has more than 5,000,000 further changes; the reader
     *     has received those before the fault
     */
    public long readEvents(long offset, Consumer<RunEvent> reader) {
        if (offset == 0) {
            description(); // which has the format of the lines too
        }
        return RunLines.read(
                journalFile(),
                offset,
                MOST_EVENTS,
                "events" + ofRun(),
                (json, end) -> reader.accept(RunEvent.fromJson(json)));
    }

    private String ofRun() {
        return " of run " + name + " of " + experiment;
    }

    private static SubmittedJob parse(JsonObject json) {
        String job = JobFolder.requireName(json.string("job"));
        int slash = job.indexOf('/');
        JsonObject stored = json.object("tags");
        Map<String, Object> tags = new TreeMap<>();
        for (String tag : stored.keys()) {
            Object value = stored.raw(tag);
            tags.put(tag, value == null ? "" : value);
        }
        List<String> dependencies = new ArrayList<>();
        for (Object dependency : json.list("dependencies")) {
            dependencies.add(JobFolder.requireName(String.valueOf(dependency)));
        }
        return new SubmittedJob(
                job.substring(0, slash),
                ConfigId.parse(job.substring(slash + 1)),
                tags,
                dependencies,
                json.optionalString(LAUNCHER).orElse(""),
                json.time(TIME));
    }

    /**
     * Returns the file of the run's description.
     *
     * @return a JSON file
     */
    public Path descriptionFile() {
        return path.resolve(DESCRIPTION);
    }

    /**
     * Returns the file of the jobs that the run submitted.
     *
     * @return a file of JSON lines
     */
    public Path jobsFile() {
        return path.resolve(JOBS);
    }

    /**
     * Returns the file of the changes of the run's jobs.
     *
     * @return a file of JSON lines
     */
    public Path journalFile() {
        return path.resolve(JOURNAL);
    }
}
