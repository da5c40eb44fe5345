package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.experimaestro.Task;
import org.experimaestro.core.serial.ConfigurationReader;
import org.experimaestro.internal.ConfigNode;
import org.experimaestro.internal.Node;
import org.experimaestro.internal.ValueTree;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.FailureCause;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;

/**
 * The main class of a job's process. Its working folder is the job's folder; its argument is the number of the attempt.
 *
 * <p>Written for a fast start: no streams, reflection, loggers or formatting before the task runs.
 */
public final class JobMain {
    /** The exit code of a job that is done. */
    public static final int DONE = 0;
    /** The exit code of a job that failed; its marker says why. */
    public static final int FAILED = 1;
    /** The exit code of a process that had nothing to do: its attempt was taken from it. */
    public static final int SUPERSEDED = 3;

    private JobMain() {}

    /**
     * Runs the job of the working folder.
     *
     * @param arguments the number of the attempt
     * @throws IOException if the folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        run(JobFolder.at(Path.of("").toAbsolutePath()), Integer.parseInt(arguments[0]));
    }

    /** Runs a job, and ends the process. */
    static void run(JobFolder folder, int number) throws IOException {
        long started = System.currentTimeMillis();
        Attempt attempt = folder.attempt(number);
        if (!attempt.begin(ProcessIdentity.current(), started)) {
            System.err.println("Attempt " + attempt.number() + " of " + folder + " was given up or runs already.");
            System.exit(SUPERSEDED);
        }
        Heartbeat.start(attempt);
        JobContext context = new JobContext(folder, attempt.number());
        Ending ending = new Ending(attempt, started, context);
        ending.watch(Thread.currentThread());
        Task<?> task;
        try {
            task = load(folder);
        } catch (Throwable wrong) {
            wrong.printStackTrace();
            ending.failed(FailureCause.WRONG_PARAMETERS, String.valueOf(wrong.getMessage()));
            return;
        }
        try {
            task.execute(context);
        } catch (OutOfMemoryError full) {
            ending.releaseReserve();
            full.printStackTrace();
            ending.failed(FailureCause.OUT_OF_MEMORY, String.valueOf(full));
            return;
        } catch (Throwable thrown) {
            thrown.printStackTrace();
            ending.failed(FailureCause.EXCEPTION, String.valueOf(thrown));
            return;
        }
        ending.done();
    }

    private static Task<?> load(JobFolder folder) throws IOException {
        Path file = folder.parametersFile();
        Object read = ConfigurationReader.read(Files.readAllBytes(file), file, JobMain.class.getClassLoader());
        if (!(read instanceof Config) || !(Node.of((Config<?>) read) instanceof ConfigNode)) {
            throw new ConfigException(file + " holds no single task");
        }
        ConfigNode<?> node = (ConfigNode<?>) Node.of((Config<?>) read);
        if (!node.id().equals(folder.id()) || !node.type().typeId().equals(folder.typeId())) {
            throw new ConfigException(
                    "The stored parameters are those of " + node.type() + "/" + node.id() + ", not of this job",
                    file.toString(),
                    "somebody has changed the file, or a class on the class path (see classpath.txt beside it)",
                    null);
        }
        Object value = new ValueTree(node, folder.path()).value(node.handle());
        if (!(value instanceof Task)) {
            throw new ConfigException(file + " holds a " + node.type() + ", which is not a task");
        }
        return (Task<?>) value;
    }
}
