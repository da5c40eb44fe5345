package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.json.JsonObject;

/** The folder of one job, and the files in it that are ours. Thread-safe. */
public final class JobFolder {
    /** The one sub-folder that is ours; the rest belongs to the task. */
    public static final String INTERNAL = JobLayout.INTERNAL;

    private final Path path;
    private final Path internal;
    private final String typeId;
    private final ConfigId id;
    private final StoredFiles files;

    JobFolder(Path path, String typeId, ConfigId id) {
        this(path, typeId, id, StoredFiles.CURRENT);
    }

    JobFolder(Path path, String typeId, ConfigId id, StoredFiles files) {
        this.files = files;
        this.path = path;
        this.internal = path.resolve(INTERNAL);
        this.typeId = typeId;
        this.id = id;
    }

    /**
     * The job folder at a place.
     *
     * @param path an absolute path that ends with type id and identifier, which need not be that of the folder behind a link
     * @return the folder
     * @throws WorkspaceException if the path does not end so
     */
    public static JobFolder at(Path path) {
        return at(path, StoredFiles.CURRENT);
    }

    /**
     * The job folder at a place, in a workspace of this format or an earlier one: to see whether a job goes on that an earlier version
     * has started.
     *
     * @param path as for {@link #at}
     * @return the folder, which is only to be looked at
     * @throws WorkspaceException as for {@link #at}
     */
    public static JobFolder ofAnyFormat(Path path) {
        return at(path, new FormatOne());
    }

    private static JobFolder at(Path path, StoredFiles files) {
        Path parent = path.getParent();
        if (!path.isAbsolute()
                || parent == null
                || parent.getFileName() == null
                || !ConfigId.isValid(path.getFileName().toString())) {
            throw WorkspaceException.of("Not the path of a job's folder: " + path)
                    .advice(
                            "give an absolute one that ends with TYPE/IDENTIFIER, as in WORKSPACE/jobs, and not that behind a link")
                    .build();
        }
        return new JobFolder(
                path,
                parent.getFileName().toString(),
                ConfigId.parse(path.getFileName().toString()),
                files);
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
     * The task's type id.
     *
     * @return the type id
     */
    public String typeId() {
        return typeId;
    }

    /**
     * The task's identifier.
     *
     * @return the identifier
     */
    public ConfigId id() {
        return id;
    }

    /**
     * What the job is called.
     *
     * @return type id and identifier, joined by a slash
     */
    public String name() {
        return typeId + "/" + id;
    }

    /**
     * The job's parameters.
     *
     * @return a JSON file
     */
    public Path parametersFile() {
        return internal.resolve(JobLayout.PARAMETERS);
    }

    /**
     * The class path that the job runs with: a jar a line, relative to the job's folder.
     *
     * @return a text file
     */
    public Path classPathFile() {
        return internal.resolve(JobLayout.CLASS_PATH);
    }

    /**
     * What the job's process prints.
     *
     * @param attempt the number of the attempt, from 1
     * @return a text file
     */
    public Path standardOutput(int attempt) {
        return internal.resolve(JobLayout.OUTPUT + attempt + JobLayout.LOG);
    }

    /**
     * What the job's process complains about.
     *
     * @param attempt the number of the attempt, from 1
     * @return a text file
     */
    public Path standardError(int attempt) {
        return internal.resolve(JobLayout.ERROR + attempt + JobLayout.LOG);
    }

    /**
     * Progress and metrics, in the order in which they were told.
     *
     * @param attempt the number of the attempt, from 1
     * @return a file of JSON lines
     */
    public Path events(int attempt) {
        return internal.resolve(JobLayout.EVENTS + attempt + JobLayout.LINES);
    }

    /**
     * Reads what an attempt has measured, however it ended.
     *
     * @param attempt the number of the attempt, from 1
     * @return the last value of each metric, in the order of their first appearance; a last line that is not complete is
     *     left out
     * @throws WorkspaceException if its events cannot be read
     */
    public Map<String, Double> metricsSoFar(int attempt) {
        return Metrics.ofEvents(events(attempt));
    }

    Path doneMarker() {
        return internal.resolve(JobLayout.DONE);
    }

    Path attemptFile(int attempt) {
        return internal.resolve(JobLayout.ATTEMPT + attempt + JobLayout.JSON);
    }

    /**
     * Which process has an attempt, or that none ever will.
     *
     * @param attempt the number of the attempt, from 1
     * @return a JSON file
     */
    public Path processFile(int attempt) {
        return internal.resolve(JobLayout.PROCESS + attempt + JobLayout.JSON);
    }

    Path handoverFile(int attempt) {
        return internal.resolve(JobLayout.HANDED + attempt + JobLayout.JSON);
    }

    Path failureMarker(int attempt) {
        return internal.resolve(JobLayout.FAILED + attempt + JobLayout.JSON);
    }

    Path endMarker(int attempt) {
        return internal.resolve(JobLayout.ENDED + attempt + JobLayout.JSON);
    }

    /**
     * The folder of all files that are ours.
     *
     * @return an absolute path, in the job's folder
     */
    public Path internalFolder() {
        return internal;
    }

    /**
     * The job's state.
     *
     * @return what its files and its process say now
     */
    public JobStatus status() {
        return new JobReconciler(this).read();
    }

    /**
     * Writes what a job needs to run.
     *
     * @param parameters the text of its parameters
     * @param classPath the text of its class path
     * @throws IOException if they cannot be written
     */
    public void write(String parameters, String classPath) throws IOException {
        make();
        AtomicFile.write(parametersFile(), parameters);
        AtomicFile.write(classPathFile(), classPath);
    }

    /**
     * Looks for a link on the way to this folder that somebody else may have put there, who may have it lead anywhere.
     *
     * @return the link and what is known of it, as {@code /work/jobs, which belongs to anna}; empty if there is none
     * @throws IOException if a link, or a folder that holds one, cannot be looked at
     */
    public Optional<String> findDoubtfulLink() throws IOException {
        return OwnFolders.findDoubtfulLink(workspace(), path);
    }

    /**
     * The workspace that the job is in.
     *
     * @return an absolute path
     */
    public Path workspace() {
        return internal.resolve(JobLayout.TO_WORKSPACE).normalize();
    }

    /**
     * Another job of the workspace.
     *
     * @param name its {@link #name}
     * @return its folder, whether it exists or not
     */
    public JobFolder other(String name) {
        return at(workspace().resolve(WorkspaceLayout.JOBS).resolve(name));
    }

    /**
     * The way from the folder of our files to the workspace, as it is stored with the parameters.
     *
     * @return a relative path, with slashes
     */
    public String pathToWorkspace() {
        return JobLayout.TO_WORKSPACE;
    }

    /**
     * Takes the job, in order to run it. One of all that try gets it.
     *
     * @param claimant the process that will start the job
     * @param run the run of an experiment that wants it, for people who read the file
     * @return the attempt, or the reason why it cannot be had
     * @throws IOException if the folder cannot be written
     */
    public Claim claim(ProcessIdentity claimant, String run) throws IOException {
        return attemptFiles().claim(claimant, run);
    }

    /**
     * Takes the job again, in the process that its batch system has started again for an attempt that had begun before.
     * By the batch system's word the former process is gone; so the attempt is over, and the next one is this process's,
     * unless the job is done or somebody else has taken it in the meantime.
     *
     * @param number the attempt for which the batch system was given the job
     * @param self this process
     * @return the new attempt, empty if the job is not to be run by this process
     * @throws IOException if the folder cannot be written
     */
    public Optional<Attempt> claimAgain(int number, ProcessIdentity self) throws IOException {
        return attemptFiles().claimAgain(number, self);
    }

    /**
     * The attempts that the folder has files of.
     *
     * @return their numbers, in no order; empty if the job was never started
     * @throws IOException if the folder cannot be listed
     * @throws JsonException if a file has no number from 1 to a million, in the digits that we would write
     */
    public List<Integer> attempts() throws IOException {
        return attemptFiles().numbers();
    }

    /**
     * Former attempts that may run somewhere without our knowing: a host had taken the job, and the run ended before it could
     * store that, or the host's answer was lost. Nothing that has begun here is among them.
     *
     * @param before the number of an attempt of the job
     * @return those before it that no batch system is known to have had, whose process has not begun
     * @throws IOException if they cannot be read
     */
    public List<Attempt> unaccounted(int before) throws IOException {
        return attemptFiles().unaccounted(before);
    }

    /** Reads one of the small JSON files of the job. */
    JsonObject read(Path file) throws IOException {
        return read(file, JsonFile.SMALL_BYTES);
    }

    JsonObject read(Path file, int mostBytes) throws IOException {
        return files.read(file, mostBytes);
    }

    JobAttempts attemptFiles() {
        return new JobAttempts(this);
    }

    /** Makes the folder, and that of our files. */
    void make() throws IOException {
        OwnFolders.make(workspace(), internal);
    }

    /**
     * An attempt that this process was told to make.
     *
     * @param number its number
     * @return the attempt
     */
    public Attempt attempt(int number) {
        return new Attempt(this, number);
    }

    @Override
    public String toString() {
        return name();
    }
}
