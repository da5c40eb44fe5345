package org.experimaestro.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.ConfigException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.runtime.StoredJob;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/**
 * A run of one job of a workspace in this process, so that breakpoints stop in its task. The job's state, logs and
 * results stay unchanged: the task works in a copy of the job's folder. The classes are those of this process, not
 * the stored classes. Named roots come from the settings of the user and of the workspace, unless {@link
 * TestRoots#define} has set them.
 *
 * <p>An IDE runs its {@link #main} with the class path of the project:
 *
 * <p>{@snippet :
 * DebugRun.of(Path.of("workspace"), "tutorial.learn/3f2a").execute();
 * }
 */
public final class DebugRun {
    private static final System.Logger LOGGER = System.getLogger(DebugRun.class.getName());

    private final JobFolder job;

    private DebugRun(JobFolder job) {
        this.job = job;
    }

    /**
     * Creates a run of the job with this folder.
     *
     * @param folder a path that ends with {@code jobs/TYPE/IDENTIFIER}
     * @return a run of that job, which has not begun
     * @throws WorkspaceException if the path has another form
     */
    public static DebugRun of(Path folder) {
        return new DebugRun(JobFolder.at(folder.toAbsolutePath().normalize()));
    }

    /**
     * Creates a run of the job whose identifier begins with some digits.
     *
     * @param workspace the workspace's folder
     * @param job the first digits of the identifier, or {@code type/digits}
     * @return a run of that job, which has not begun
     * @throws WorkspaceException if there is no such job, or several; the message lists the possible jobs
     */
    public static DebugRun of(Path workspace, String job) {
        return new DebugRun(JobSearch.find(Workspace.view(workspace), job));
    }

    /**
     * Executes the task in a copy of the job's folder, and blocks until it has ended. The copy is in the folder for
     * temporary files, and stays there.
     *
     * @return the progress and metrics of the task; {@link TestContext#folder} is the copy
     * @throws Exception if the task throws it
     * @throws ConfigException if the stored parameters do not fit the classes of this process
     * @throws AssertionError if the task returns without having made its generated paths
     */
    public TestContext execute() throws Exception {
        return executeIn(Files.createTempDirectory("experimaestro-" + job.typeId() + "-"));
    }

    /**
     * Executes the task in a copy of the job's folder, which has the files of earlier attempts. Blocks until it has
     * ended.
     *
     * @param copy the folder for the copy, which is empty or does not exist
     * @return the progress and metrics of the task
     * @throws Exception if the task throws it
     * @throws ConfigException if the stored parameters do not fit the classes of this process
     * @throws AssertionError if the task returns without having made its generated paths
     */
    public TestContext executeIn(Path copy) throws Exception {
        StoredJob stored = read();
        Path folder = copy.toAbsolutePath();
        Folders.copy(job.path(), folder, job.internalFolder());
        return execute(stored, folder);
    }

    /**
     * Executes the task in the job's own folder, where it replaces the files of earlier attempts. Blocks until it has
     * ended. The job's state and logs stay unchanged.
     *
     * @return the progress and metrics of the task
     * @throws Exception if the task throws it
     * @throws WorkspaceException if the job is queued or running
     * @throws ConfigException if the stored parameters do not fit the classes of this process
     * @throws AssertionError if the task returns without having made its generated paths
     */
    public TestContext executeInPlace() throws Exception {
        if (job.status().isActive()) {
            throw WorkspaceException.of("Cannot run " + job.name() + " in its own folder: it is queued, or runs")
                    .at(job.path().toString())
                    .advice("wait for its end, or run it in a copy")
                    .build();
        }
        return execute(read(), job.path());
    }

    private StoredJob read() throws IOException {
        if (RootPlaces.current().isEmpty()) {
            UserSettings user = UserSettings.current();
            RootPlaces.define(WorkspaceSettings.read(job.workspace(), user).roots(user));
        }
        return StoredJob.read(job);
    }

    private TestContext execute(StoredJob stored, Path folder) throws Exception {
        TestContext context = TestContext.in(folder);
        LOGGER.log(System.Logger.Level.INFO, "Runs {0} in {1}", job.name(), folder);
        context.execute(stored.task(folder), stored.type(), job.id());
        LOGGER.log(System.Logger.Level.INFO, "{0} has returned; metrics: {1}", job.name(), context.metrics());
        return context;
    }

    /**
     * Runs a job in a copy of its folder.
     *
     * @param arguments the job's folder; or the workspace, and the first digits of the job's identifier
     * @throws Exception if the task throws it, or the job cannot be run
     * @throws IllegalArgumentException if there are no arguments, or more than two
     */
    public static void main(String... arguments) throws Exception {
        switch (arguments.length) {
            case 1 -> of(Path.of(arguments[0])).execute();
            case 2 -> of(Path.of(arguments[0]), arguments[1]).execute();
            default ->
                throw new IllegalArgumentException(
                        "Give the folder of a job, or a workspace and the first digits of a job's"
                                + " identifier; these are " + arguments.length + " arguments");
        }
    }
}
