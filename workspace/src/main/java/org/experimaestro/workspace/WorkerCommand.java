package org.experimaestro.workspace;

import java.nio.file.Path;
import java.util.List;

/**
 * The end of the command line of a worker: its main class, the socket of its run, its name, and the workspace as the run
 * sees it. It identifies the process, and cannot be changed by a file of a workspace.
 */
public final class WorkerCommand {
    /** The main class, by name, because its module is only on the class path of jobs. */
    public static final String MAIN = "org.experimaestro.runtime.worker.WorkerMain";

    /** The system class loader, by name. */
    public static final String LOADER = "org.experimaestro.runtime.worker.WorkerLoader";

    private WorkerCommand() {}

    /**
     * Returns the words that follow the options of the JVM.
     *
     * @param socket the absolute path of the Unix domain socket on which the run listens
     * @param name the name of the worker, as for {@link WorkerTask}
     * @param workspace the absolute path of the workspace
     * @return the main class and its arguments
     */
    public static List<String> of(Path socket, String name, Path workspace) {
        return List.of(MAIN, socket.toString(), name, workspace.toString());
    }

    /**
     * Returns whether a command line is that of a worker. Its workspace is not compared, because it may have another path
     * since, or be reached by a link; the working folder of the process is the workspace.
     *
     * @param commandLine the words with which a process was started
     * @param separator the text between the words: a byte 0 in {@code /proc}; ps(1) prints a space, which words may
     *     have too
     * @param name the name that the worker should have
     * @return false also for another worker
     */
    public static boolean isOf(String commandLine, String separator, String name) {
        String beginning = separator + MAIN + separator + "/";
        int socket = commandLine.lastIndexOf(beginning) + beginning.length();
        return socket > beginning.length() && commandLine.indexOf(separator + name + separator + "/", socket) > 0;
    }
}
