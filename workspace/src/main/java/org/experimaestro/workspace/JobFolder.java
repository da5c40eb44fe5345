package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.Files;
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

/** The folder of one job, with our own files in it. Thread-safe. */
public final class JobFolder {
    /** The name of the sub-folder with our own files; all other files belong to the task. */
    public static final String INTERNAL = JobLayout.INTERNAL;

    /** The folder of all jobs, which they share: an index may have a hundred thousand of these objects. */
    private final Path jobs;

    private final String typeId;
    private final ConfigId id;
    private final StoredFiles files;

    JobFolder(Path jobs, String typeId, ConfigId id, StoredFiles files) {
        this.files = files;
        this.jobs = jobs;
        this.typeId = typeId;
        this.id = id;
    }

    /**
     * Returns the job folder at a path.
     *
     * @param path an absolute path that ends with type id and identifier; if there is a link, the path of the link, not
     *     that of its target
     * @return the folder
     * @throws WorkspaceException if the path does not end so
     */
    public static JobFolder at(Path path) {
        return at(path, StoredFiles.CURRENT);
    }

    /**
     * Returns the job folder at a path, in a workspace of the present format or an earlier one. It serves to find
     * whether a job is active that an earlier version has started.
     *
     * @param path as for {@link #at}
     * @return the folder, which is only to be read
     * @throws WorkspaceException as for {@link #at}
     */
    public static JobFolder ofAnyFormat(Path path) {
        return at(path, new FormatOne());
    }

    private static JobFolder at(Path path, StoredFiles files) {
        Path parent = path.getParent();
        Path jobs = parent == null ? null : parent.getParent();
        if (!path.isAbsolute()
                || parent == null
                || jobs == null
                || !ConfigId.isValid(path.getFileName().toString())) {
            throw WorkspaceException.of("Not the path of a job's folder: " + path)
                    .advice(
                            "give an absolute one that ends with TYPE/IDENTIFIER, as in WORKSPACE/jobs, and not that behind a link")
                    .build();
        }
        return new JobFolder(
                jobs,
                parent.getFileName().toString(),
                ConfigId.parse(path.getFileName().toString()),
                files);
    }

    /**
     * Requires that a text is the name of a job.
     *
     * @param name the text
     * @return the same text, {@code type/identifier}
     * @throws JsonException if it is not one, and may lead out of the folder of all jobs
     */
    public static String requireName(String name) {
        int slash = name.indexOf('/');
        String typeId = name.substring(0, Math.max(0, slash));
        if (typeId.isEmpty()
                || typeId.equals(".")
                || typeId.equals("..")
                || !ConfigId.isValid(name.substring(slash + 1))) {
            throw new JsonException("\"" + name + "\" is not a type id and an identifier");
        }
        return name;
    }

    /**
     * Returns the folder's path.
     *
     * @return an absolute path
     */
    public Path path() {
        return jobs.resolve(name());
    }

    /**
     * Returns the task's type id.
     *
     * @return the type id
     */
    public String typeId() {
        return typeId;
    }

    /**
     * Returns the task's identifier.
     *
     * @return the identifier
     */
    public ConfigId id() {
        return id;
    }

    /**
     * Returns the job's name.
     *
     * @return type id and identifier, joined by a slash
     */
    public String name() {
        return typeId + "/" + id;
    }

    /**
     * Returns the file of the job's parameters.
     *
     * @return a JSON file
     */
    public Path parametersFile() {
        return internalFolder().resolve(JobLayout.PARAMETERS);
    }

    /**
     * Returns the file of the class path with which the job runs: one jar on each line, relative to the job's folder.
     *
     * @return a text file
     */
    public Path classPathFile() {
        return internalFolder().resolve(JobLayout.CLASS_PATH);
    }

    /**
     * Returns the log of the standard output of a job's process.
     *
     * @param attempt the number of the attempt, from 1
     * @return a text file
     */
    public Path standardOutput(int attempt) {
        return internalFolder().resolve(JobLayout.OUTPUT + attempt + JobLayout.LOG);
    }

    /**
     * Returns the log of the standard error of a job's process.
     *
     * @param attempt the number of the attempt, from 1
     * @return a text file
     */
    public Path standardError(int attempt) {
        return internalFolder().resolve(JobLayout.ERROR + attempt + JobLayout.LOG);
    }

    /**
     * Returns the file of an attempt's events: progress and metrics, in the order in which the task reported them.
     *
     * @param attempt the number of the attempt, from 1
     * @return a file of JSON lines
     */
    public Path events(int attempt) {
        return internalFolder().resolve(JobLayout.EVENTS + attempt + JobLayout.LINES);
    }

    /**
     * Returns what the task announces while it runs.
     *
     * @return the announcements, whose file need not exist
     */
    public Announcements announcements() {
        return new Announcements(this);
    }

    /**
     * Returns the file by which a program of the task gets its parameters.
     *
     * @param attempt the number of the attempt, from 1
     * @return a JSON file
     */
    public Path programParameters(int attempt) {
        return internalFolder().resolve(JobLayout.PROGRAM + attempt + JobLayout.JSON);
    }

    /**
     * Returns the file to which a program of the task appends its measurements and progress.
     *
     * @param attempt the number of the attempt, from 1
     * @return a text file
     */
    public Path programMeasurements(int attempt) {
        return internalFolder().resolve(JobLayout.PROGRAM + attempt + JobLayout.TEXT);
    }

    /**
     * Reads the metrics of an attempt from its events, whether the attempt has ended or not.
     *
     * @param attempt the number of the attempt, from 1
     * @return the last value of each metric, in the order of their first appearance; a last line that is not complete is
     *     left out
     * @throws WorkspaceException if the events cannot be read
     */
    public Map<String, Double> metricsSoFar(int attempt) {
        return Metrics.ofEvents(events(attempt));
    }

    /**
     * Returns whether the job's process has marked the job as done.
     *
     * @return true if {@link #status} is done, or finds a damaged marker
     */
    public boolean isMarkedAsDone() {
        return Files.exists(doneMarker());
    }

    Path doneMarker() {
        return internalFolder().resolve(JobLayout.DONE);
    }

    Path attemptFile(int attempt) {
        return internalFolder().resolve(JobLayout.ATTEMPT + attempt + JobLayout.JSON);
    }

    /**
     * Returns the file that identifies the process of an attempt, or declares the attempt void.
     *
     * @param attempt the number of the attempt, from 1
     * @return a JSON file
     */
    public Path processFile(int attempt) {
        return internalFolder().resolve(JobLayout.PROCESS + attempt + JobLayout.JSON);
    }

    Path handoverFile(int attempt) {
        return internalFolder().resolve(JobLayout.HANDED + attempt + JobLayout.JSON);
    }

    Path failureMarker(int attempt) {
        return internalFolder().resolve(JobLayout.FAILED + attempt + JobLayout.JSON);
    }

    Path stopFile(int attempt) {
        return internalFolder().resolve(JobLayout.STOP + attempt + JobLayout.JSON);
    }

    Path accountedFile(int attempt) {
        return internalFolder().resolve(JobLayout.ACCOUNTED + attempt + JobLayout.JSON);
    }

    Path usageFile(int attempt) {
        return internalFolder().resolve(JobLayout.USAGE + attempt + JobLayout.JSON);
    }

    /**
     * Returns the folder of the dumps of the job's processes.
     *
     * @return the folder, which need not exist
     */
    public Path dumps() {
        return internalFolder().resolve(JobLayout.DUMPS);
    }

    Path endMarker(int attempt) {
        return internalFolder().resolve(JobLayout.ENDED + attempt + JobLayout.JSON);
    }

    Path removedMarker(int attempt) {
        return internalFolder().resolve(JobLayout.REMOVED + attempt + JobLayout.JSON);
    }

    Path formerFiles(int attempt) {
        return internalFolder().resolve(JobLayout.BEFORE + attempt);
    }

    /**
     * Finds the files that the last failed attempt left, if a later attempt has moved them aside.
     *
     * @return the folder that has them now; empty if there are none
     */
    public Optional<Path> findFormerFiles() {
        return new FormerFiles(this).find();
    }

    /**
     * Deletes the files that failed attempts left and later ones have moved aside. To be called when the job is done.
     *
     * @throws IOException if some cannot be deleted; they do no harm
     */
    public void deleteFormerFiles() throws IOException {
        new FormerFiles(this).delete();
    }

    /**
     * Returns the folder of our own files.
     *
     * @return an absolute path, in the job's folder
     */
    public Path internalFolder() {
        return jobs.resolve(name() + "/" + INTERNAL);
    }

    /**
     * Finds the job's present state, from its files and its process. Errors are states, too: see {@link
     * JobStatus.Corrupt}.
     *
     * @return the state
     */
    public JobStatus status() {
        return new JobReconciler(this).read();
    }

    /**
     * Writes the files that a job needs to run.
     *
     * @param parameters the text of its parameters
     * @param classPath the text of its class path
     * @throws IOException if they cannot be written
     */
    public void write(String parameters, String classPath) throws IOException {
        make();
        writeFiles(parameters, classPath);
    }

    /** Writes the same into a folder that was made. */
    void writeFiles(String parameters, String classPath) throws IOException {
        AtomicFile.write(parametersFile(), parameters);
        AtomicFile.write(classPathFile(), classPath);
    }

    /**
     * Finds a link in this folder's path that another user may have made, and could lead anywhere.
     *
     * @return the link and its owner or possible makers, as {@code /work/jobs, which belongs to anna}; empty if there
     *     is none
     * @throws IOException if a link, or a folder that contains a link, cannot be read
     */
    public Optional<String> findDoubtfulLink() throws IOException {
        return OwnFolders.findDoubtfulLink(workspace(), path());
    }

    /**
     * Returns the workspace of the job.
     *
     * @return an absolute path
     */
    public Path workspace() {
        return internalFolder().resolve(JobLayout.TO_WORKSPACE).normalize();
    }

    /**
     * Makes a folder of the job's workspace, and those above it, unless they exist: one that jobs share, of which the job
     * holds the token.
     *
     * @param path the path in the workspace
     * @throws IOException if it cannot be made
     */
    public void makeInWorkspace(String path) throws IOException {
        OwnFolders.make(workspace(), workspace().resolve(path));
    }

    /**
     * Returns another job of the workspace.
     *
     * @param name its {@link #name}
     * @return its folder, which need not exist
     */
    public JobFolder other(String name) {
        return at(workspace().resolve(WorkspaceLayout.JOBS).resolve(name));
    }

    /**
     * Returns the path from the folder of our files to the workspace, as it is stored with the parameters.
     *
     * @return a relative path, with slashes
     */
    public String pathToWorkspace() {
        return JobLayout.TO_WORKSPACE;
    }

    /**
     * Claims the job in order to run it. If several processes try, one of them gets it.
     *
     * @param claimant the process that will start the job
     * @param run the run of an experiment that claims it, for people who read the file
     * @return the new attempt, or the state that prevents one
     * @throws IOException if the folder cannot be written
     */
    public Claim claim(ProcessIdentity claimant, String run) throws IOException {
        return claim(claimant, run, AttemptOrigin.UNKNOWN);
    }

    /**
     * Claims the job as {@link #claim(ProcessIdentity, String)}, and records where the attempt is to run and why it is
     * made.
     *
     * @param claimant the process that will start the job
     * @param run the run of an experiment that claims it
     * @param origin the place of the attempt, and the decision that led to it
     * @return the new attempt, or the state that prevents one
     * @throws IOException if the folder cannot be written
     */
    public Claim claim(ProcessIdentity claimant, String run, AttemptOrigin origin) throws IOException {
        return attemptFiles().claim(claimant, run, origin);
    }

    /** Lists the numbers of all attempts, in no order, also those under which outputs were removed. */
    List<Integer> attempts() throws IOException {
        return attemptFiles().numbers();
    }

    /**
     * Returns the file of the job's pin.
     *
     * @return the file, which need not exist
     */
    public PinFile pin() {
        return new PinFile(this);
    }

    /** Reads one of the small JSON files of the job. */
    JsonObject read(Path file) throws IOException {
        return read(file, JsonFile.SMALL_BYTES);
    }

    JsonObject read(Path file, int mostBytes) throws IOException {
        return files.read(file, mostBytes);
    }

    JsonObject readAttempt(int attempt) throws IOException {
        return files.readAttempt(attemptFile(attempt));
    }

    /**
     * Returns the attempts, with those that a batch system has started again.
     *
     * @return the attempts at this job
     */
    public JobAttempts attemptFiles() {
        return new JobAttempts(this);
    }

    /**
     * Finds the job whose result this one is: it ran under a former name.
     *
     * @return the job with the files, which is done; empty if the files are here, or there are none
     */
    public Optional<JobFolder> findFormer() {
        return FormerLink.find(this);
    }

    /**
     * Makes the result of a job that ran under a former name the result of this job: a link takes the place of this
     * job's folder. It is created exclusively, so that of several processes one creates it.
     *
     * @param former the job that is done
     * @return false if this job has a folder of its own, which stays
     * @throws IOException if the link cannot be created
     */
    public boolean referTo(JobFolder former) throws IOException {
        return FormerLink.create(this, former);
    }

    /** Makes the folder, and the folder of our files in it, unless they exist. */
    void make() throws IOException {
        FormerLink.removeIfBroken(this); // the result under the former name is gone, so the job runs anew
        ElsewhereLink.removeIfBroken(this);
        OwnFolders.make(workspace(), internalFolder());
    }

    /**
     * Returns an attempt, whose files need not exist.
     *
     * @param number its number, from 1
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
