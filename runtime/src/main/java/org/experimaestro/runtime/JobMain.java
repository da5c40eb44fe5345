package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.ContinueException;
import org.experimaestro.ProgramException;
import org.experimaestro.Resumable;
import org.experimaestro.Task;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.BoundedFile;
import org.experimaestro.base.process.JobVariables;
import org.experimaestro.core.host.RootsVariable;
import org.experimaestro.core.json.JsonFile;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.core.serial.ReadParameters;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.SharedFolder;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.runtime.program.GracePeriod;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobCommand;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a job's process, whose working folder is the job's folder. Its arguments are the number of the
 * attempt, and the path of that folder in the workspace, because the system knows only the path with all links
 * resolved.
 *
 * <p>The code before the task uses no streams, reflection, loggers or formatting, so that the job starts fast.
 */
public final class JobMain {
    /** The exit code of a job that is done. */
    public static final int DONE = 0;
    /** The exit code of a job that failed; its marker has the cause. */
    public static final int FAILED = 1;

    private JobMain() {}

    /**
     * Runs a job.
     *
     * @param arguments the number and the path, as in {@link JobCommand}
     */
    public static void main(String[] arguments) {
        JobFolder folder;
        int number;
        try {
            if (arguments.length != 2) {
                throw WorkspaceException.of(
                                "A job has two arguments, the number of the attempt and the path of its folder, but these are "
                                        + arguments.length)
                        .build();
            }
            number = Integer.parseInt(arguments[0]);
            folder = JobFolder.at(Path.of(arguments[1]));
        } catch (WorkspaceException | NumberFormatException | InvalidPathException wrong) {
            System.err.println("Cannot run a job: " + wrong.getMessage());
            System.exit(FAILED);
            return;
        }
        run(folder, number);
    }

    /** Runs a job, and ends the process. */
    static void run(JobFolder folder, int number) {
        run(folder, number, GracePeriod.millis());
    }

    /** Runs a job with a grace period for {@link JobTermination}, and ends the process. */
    static void run(JobFolder folder, int number, long graceMillis) {
        int rank = Rank.current();
        if (rank > 0) {
            follow(folder, number, rank);
            return;
        }
        long started = System.currentTimeMillis();
        Attempt attempt;
        try {
            attempt = begin(folder, number, started);
        } catch (IOException unwritable) {
            System.err.println("Cannot begin attempt " + number + " of " + folder + ": " + Failures.reason(unwritable));
            System.exit(FAILED);
            return;
        }
        if (attempt == null) {
            System.err.println("Attempt " + number + " of " + folder + " was given up or runs already.");
            System.exit(Attempt.SUPERSEDED_EXIT_CODE);
            return;
        }
        UseMeter meter = new UseMeter(attempt, started);
        JobContext context = new JobContext(folder, attempt.number());
        TaskHost host = new ProcessHost();
        JobTermination ending = new JobTermination(attempt, started, context, meter, graceMillis, host);
        Heartbeat.start(attempt, ending, meter);
        ending.watch(Thread.currentThread());
        execute(attempt, context, ending, host);
    }

    /**
     * Executes the task of an attempt that has begun, in this thread, and tells its end. The host has ended the execution when
     * this returns, unless the process is asked to end: then another thread tells the end.
     */
    static void execute(Attempt attempt, JobContext context, JobTermination ending, TaskHost host) {
        JobFolder folder = attempt.job();
        ConfigNode<?> node;
        PreparedTask task;
        FolderPrint before;
        try {
            List<String> missing = DependencyCheck.missing(folder);
            if (!missing.isEmpty()) {
                ending.failed(FailureCause.DEPENDENCY, "not done: " + String.join(", ", missing));
                return;
            }
            if (!ending.beginsWithTokens()) {
                ending.failTokensLost();
                return;
            }
            defineRoots();
            ReadParameters read = read(folder, host.classes());
            ending.storedWith(read.defaults());
            node = node(read, folder);
            makeShared(node, folder); // before the other ranks go on, which wait for the next step
            if (!keepsFolder(node)) {
                attempt.clearFolder();
            }
            task = task(node, folder);
            before = FolderPrint.of(node, folder);
        } catch (Throwable wrong) {
            ending.releaseReserve();
            host.onThrown(wrong);
            wrong.printStackTrace();
            FailureReason reason = FailureReason.ofStart(wrong);
            ending.failed(reason.cause(), reason.message());
            return;
        }
        try {
            task.execute(context);
        } catch (Throwable thrown) {
            ending.releaseReserve();
            host.onThrown(thrown);
            Throwable end = thrown instanceof ContinueException later ? before.check(later) : thrown;
            FailureReason reason = FailureReason.ofTask(end);
            if (reason.cause() != FailureCause.CONTINUED && !(end instanceof ProgramException)) {
                end.printStackTrace(); // not for a program, so that its own last lines are the log's last lines
            }
            ending.failed(reason.cause(), reason.message());
            return;
        }
        ending.done(node);
    }

    /**
     * Begins the attempt, or the next one if the batch system has started this job before.
     *
     * @return the attempt that has begun; {@code null} if this process must not run the job
     */
    private static @Nullable Attempt begin(JobFolder folder, int number, long started) throws IOException {
        ProcessIdentity self = ProcessIdentity.current();
        Attempt attempt = folder.attempt(number);
        int restarts = LauncherQuery.restarts();
        if (attempt.begin(self, started, restarts)) {
            return attempt;
        }
        if (restarts == 0 || !formerIsGone(folder)) {
            return null;
        }
        Attempt again = folder.attemptFiles().claimAgain(number, restarts, self).orElse(null);
        if (again == null || !again.begin(self, started)) {
            return null;
        }
        try {
            again.continueLogs(number);
        } catch (IOException onlyForReaders) {
            System.err.println("The logs of this attempt are those of attempt " + number + ": " + onlyForReaders);
        }
        return again;
    }

    private static boolean formerIsGone(JobFolder folder) {
        try {
            return PreviousProcess.isGone(folder, PreviousProcess.PATIENCE_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Runs the task in a process of rank 1 or more, which writes no files about the job, and ends the process. */
    private static void follow(JobFolder folder, int number, int rank) {
        JobContext silent = new JobContext(folder, number);
        silent.close();
        try {
            defineRoots();
            ConfigNode<?> node = node(read(folder), folder);
            if (!keepsFolder(node) && !FolderClearance.await(folder, number, LauncherQuery.restarts())) {
                System.exit(DONE);
            }
            makeShared(node, folder); // nothing waits for rank 0 in a first attempt, or if the files are kept
            task(node, folder).execute(silent);
            LeftoverThreads.warn();
        } catch (ContinueException later) {
            System.exit(DONE); // the process of rank 0 tells it
        } catch (Throwable thrown) {
            System.err.println("Rank " + rank + ":");
            thrown.printStackTrace();
            System.exit(FAILED);
        }
        System.exit(DONE);
    }

    /** Returns whether the task goes on from the files of its earlier attempts. */
    static boolean keepsFolder(ConfigNode<?> node) {
        return Resumable.class.isAssignableFrom(node.descriptor().javaClass());
    }

    private static void defineRoots() {
        RootPlaces.define(RootsVariable.read(System.getenv(JobVariables.ROOTS)));
    }

    static ReadParameters read(JobFolder folder) throws IOException {
        return read(folder, JobMain.class.getClassLoader());
    }

    private static ReadParameters read(JobFolder folder, ClassLoader classes) throws IOException {
        Path file = folder.parametersFile();
        return ConfigurationReader.readParameters(BoundedFile.read(file, JsonFile.LARGE_BYTES), file, classes);
    }

    static ConfigNode<?> node(ReadParameters read, JobFolder folder) {
        Path file = folder.parametersFile();
        Path workspace = folder.workspace();
        if (read.workspace() != null && !read.workspace().equals(workspace)) {
            // The identifier has paths in jobs' folders without the workspace: they would lead to another workspace.
            throw ConfigException.of("The stored parameters lead to the workspace " + read.workspace()
                            + ", and the job is in " + workspace)
                    .at(file.toString())
                    .advice("somebody has changed the file")
                    .build();
        }
        Object config = read.value();
        if (!(config instanceof Config) || !(Node.of((Config<?>) config) instanceof ConfigNode)) {
            throw ConfigException.of(file + " holds no single task").build();
        }
        ConfigNode<?> node = (ConfigNode<?>) Node.of((Config<?>) config);
        if (!node.id().equals(folder.id()) || !node.descriptor().typeId().equals(folder.typeId())) {
            throw ConfigException.of("The stored parameters are those of " + node.descriptor() + "/" + node.id()
                            + ", not of this job")
                    .at(file.toString())
                    .advice("somebody has changed the file, or a class on the class path (see "
                            + folder.classPathFile().getFileName() + " beside it)")
                    .build();
        }
        if (!Task.class.isAssignableFrom(node.descriptor().javaClass())) {
            throw ConfigException.of(file + " holds a " + node.descriptor() + ", which is not a task")
                    .build();
        }
        return node;
    }

    /** Makes the shared folders that a task uses. Its attempt holds their tokens. */
    static void makeShared(ConfigNode<?> task, JobFolder folder) throws IOException {
        for (SharedFolder shared : SharedFolder.of(task)) {
            folder.makeInWorkspace(shared.path());
        }
    }

    private static PreparedTask task(ConfigNode<?> node, JobFolder folder) {
        try {
            return PreparedTask.of(node, folder.path());
        } catch (ConfigException refused) {
            throw ConfigurationReader.inFile(refused, folder.parametersFile());
        }
    }
}
