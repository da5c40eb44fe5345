package org.experimaestro.workspace;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * The folder of one run of an experiment: {@code run.json} says who ran what, {@code jobs.jsonl} has a line for each job
 * submitted, and {@code events.jsonl} one for each change of a job. One writer, any number of readers.
 */
public final class RunFolder {
    static final String TIME = "time";
    private static final String LAUNCHER = "launcher";

    /** The member of its description with the names of the jars that its jobs are run with. */
    public static final String CLASS_PATH = "classPath";

    /** The most jobs of a run that are read. */
    public static final int MOST_JOBS = 500_000;
    /** The most changes of jobs that are read at once: ten for each job. */
    private static final int MOST_EVENTS = 10 * MOST_JOBS;

    static final String DESCRIPTION = "run.json";
    static final String JOBS = "jobs.jsonl";
    private static final String JOURNAL = "events.jsonl";

    private final Path path;
    private final String experiment;
    private final String name;

    RunFolder(Path path, String experiment, String name) {
        this.path = path;
        this.experiment = experiment;
        this.name = name;
    }

    /**
     * A submission: a run has submitted a job with a set of tags. A job that it submits with several sets has several.
     *
     * @param typeId the task's type id
     * @param id its identifier
     * @param tags sorted by name
     * @param dependencies what it waits for, as {@code type/identifier}
     * @param launcher the name of the launcher that is to run it; empty for a job that was done, or whose launcher is not known
     * @param time when it was submitted, in milliseconds
     */
    public record SubmittedJob(
            String typeId,
            ConfigId id,
            Map<String, Object> tags,
            List<String> dependencies,
            String launcher,
            Instant time) {

        /**
         * The job.
         *
         * @return its {@link JobFolder#name}
         */
        public String name() {
            return typeId + "/" + id;
        }
    }

    /**
     * The experiment's name.
     *
     * @return the name
     */
    public String experiment() {
        return experiment;
    }

    /**
     * The run's name: when it began.
     *
     * @return for example {@code 20260131-120000}
     */
    public String name() {
        return name;
    }

    /**
     * The folder.
     *
     * @return an absolute path
     */
    public Path path() {
        return path;
    }

    /**
     * Writes what is known about the run as a whole, in the place of what was known before.
     *
     * @param description plain JSON values
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
     * Reads what is known about the run as a whole.
     *
     * @return what {@link #describe} wrote; empty if the run has just begun, or could write nothing
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
     * Whether a run has ended, by its own word. One that is over and has not said so, such as one that was killed, has only
     * {@linkplain RunRequests#findSilence fallen silent}.
     *
     * @param members the names of the members of its description
     * @return true if it has written its end; or its outcome alone, as the conversion of a workspace does for a run that was
     *     killed
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
     * @return to be closed at the end of the run
     * @throws IOException if it cannot be opened
     */
    public JobList openJobs() throws IOException {
        return new JobList(new BufferedWriter(
                new OutputStreamWriter(NewFile.open(jobsFile()), StandardCharsets.UTF_8.newEncoder())));
    }

    /** The list of submitted jobs, as it is written. Confined to one thread at a time. */
    public static final class JobList implements AutoCloseable {
        private final BufferedWriter writer;

        JobList(BufferedWriter writer) {
            this.writer = writer;
        }

        /**
         * Adds a job, visible to others at once: a plan may wait for its jobs in the middle, or die.
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
            writer.write(Json.writeLine(json));
            writer.write('\n');
            writer.flush();
        }

        @Override
        public void close() throws IOException {
            writer.close();
        }
    }

    /**
     * Reads the submissions so far, one after the other, since they may be many.
     *
     * @param reader is given each, in the order of their submission; a last line that is not complete is left out
     * @throws WorkspaceException if the list cannot be read, or has more than 500,000 jobs: after those before the fault
     */
    public void readJobs(Consumer<SubmittedJob> reader) {
        readJobs(0, (job, end) -> reader.accept(job));
    }

    /**
     * Reads the jobs that were submitted since an earlier call, to follow the run while it goes on.
     *
     * @param offset 0, or what the earlier call returned
     * @param reader is given each, in the order of their submission, with the offset after it: where the next call may go on
     *     if this one fails; a last line that is not complete is left for the next call
     * @return the offset for the next call; the same if there is nothing new
     * @throws WorkspaceException if the list cannot be read, or has more than 500,000 further jobs: after those before the fault
     */
    public long readJobs(long offset, ObjLongConsumer<SubmittedJob> reader) {
        if (offset == 0) {
            description(); // which has the format of the lines too
        }
        return RunLines.read(
                jobsFile(), offset, MOST_JOBS, "jobs" + ofRun(), (json, end) -> reader.accept(parse(json), end));
    }

    /**
     * Opens the journal of the run for writing: what happens to its jobs.
     *
     * @return to be closed at the end of the run
     * @throws IOException if it cannot be opened
     */
    public RunJournal openJournal() throws IOException {
        return RunJournal.open(journalFile());
    }

    /**
     * Reads the changes of jobs that the run has written since an earlier call, to follow it while it goes on.
     *
     * @param offset 0, or what the earlier call returned
     * @param reader is given each change, in the order of time; a last line that is not complete is left for the next call
     * @return the offset for the next call; the same if there is nothing new
     * @throws WorkspaceException if the journal cannot be read, or has more than 5,000,000 changes: after those before the fault
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
        String job = RunEvent.requireJob(json.string("job"));
        int slash = job.indexOf('/');
        JsonObject stored = json.object("tags");
        Map<String, Object> tags = new TreeMap<>();
        for (String tag : stored.keys()) {
            Object value = stored.raw(tag);
            tags.put(tag, value == null ? "" : value);
        }
        List<String> dependencies = new ArrayList<>();
        for (Object dependency : json.list("dependencies")) {
            dependencies.add(RunEvent.requireJob(String.valueOf(dependency)));
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
     * What is known about the run as a whole.
     *
     * @return a JSON file
     */
    public Path descriptionFile() {
        return path.resolve(DESCRIPTION);
    }

    /**
     * The jobs that the run submitted.
     *
     * @return a file of JSON lines
     */
    public Path jobsFile() {
        return path.resolve(JOBS);
    }

    /**
     * The changes of the run's jobs.
     *
     * @return a file of JSON lines
     */
    public Path journalFile() {
        return path.resolve(JOURNAL);
    }
}
