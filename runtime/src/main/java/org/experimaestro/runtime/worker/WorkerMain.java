package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.nio.file.Path;
import org.experimaestro.runtime.ProcessHost;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerConnection;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerMessage;
import org.jspecify.annotations.Nullable;

/**
 * The main class of a worker, a process of a run that executes many short tasks, one at a time. Its arguments are those of
 * {@link org.experimaestro.workspace.WorkerCommand}, and its working folder is the workspace. It ends when its run does, after
 * the task that it has.
 */
public final class WorkerMain {
    /** The exit code of a worker that has ended between two tasks. */
    public static final int DONE = 0;

    /** The exit code of a worker that could not begin. */
    public static final int FAILED = 1;

    private static final int ARGUMENTS = 3;

    private WorkerMain() {}

    /**
     * Executes the tasks of a run, and ends the process.
     *
     * @param arguments the socket of the run, the name of the worker, and the workspace
     */
    public static void main(String[] arguments) {
        if (arguments.length != ARGUMENTS) {
            System.err.println(
                    "A worker has three arguments, the socket of its run, its name and the workspace, but these are "
                            + arguments.length);
            System.exit(FAILED);
        }
        Thread.currentThread().setName("experimaestro-worker"); // the thread of a task is the main thread
        int code = FAILED;
        try {
            code = run(Path.of(arguments[0]), arguments[1], Path.of(arguments[2]));
        } catch (Throwable failed) { // such as a full heap: the process must end, whatever it was
            System.err.println("Cannot run the worker " + arguments[1] + ": "
                    + (failed instanceof IOException unusable ? Failures.reason(unusable) : failed));
        }
        ProcessHost.exit(code); // a task may have left threads
    }

    private static int run(Path socket, String name, Path workspace) throws IOException {
        WorkerFiles files = WorkerFiles.of(workspace, name);
        ProcessIdentity process = ProcessIdentity.current();
        try (WorkerConnection connection = WorkerConnection.open(socket)) {
            if (!(connection.receive() instanceof WorkerMessage.Fresh fresh)) {
                return DONE; // the run has ended meanwhile
            }
            try (FreshClasses classes = FreshClasses.open(fresh.jars());
                    WorkerFiles.PresentTask present = files.create(process)) {
                TaskLoop tasks = new TaskLoop(name, process, present, classes);
                Runtime.getRuntime().addShutdownHook(end(tasks, files));
                connection.send(new WorkerMessage.Ready(process));
                execute(tasks, connection);
            }
        }
        return DONE;
    }

    private static void execute(TaskLoop tasks, WorkerConnection connection) throws IOException {
        while (receive(connection) instanceof WorkerMessage.Begin begin) {
            WorkerMessage.Over over = tasks.execute(begin);
            if (over == null) {
                return; // the connection ends, so that the run gives the task to another worker
            }
            try {
                connection.send(over);
            } catch (IOException runHasEnded) {
                return; // the files of the task say how it ended
            }
            if (over.renew().isPresent()) {
                return;
            }
        }
    }

    private static @Nullable WorkerMessage receive(WorkerConnection connection) throws IOException {
        try {
            return connection.receive();
        } catch (IOException runWasKilled) {
            return null;
        }
    }

    /** Returns the shutdown hook: it tells the end of the present task, if there is one, and deletes the worker's files. */
    private static Thread end(TaskLoop tasks, WorkerFiles files) {
        return new Thread("experimaestro-ending") {
            @Override
            public void run() {
                tasks.shutDown();
                try {
                    files.delete();
                } catch (IOException left) {
                    System.err.println("The files of this worker are left: " + Failures.reason(left));
                }
            }
        };
    }
}
