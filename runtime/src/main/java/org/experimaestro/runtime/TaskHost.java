package org.experimaestro.runtime;

/**
 * The host of one task: the job's own process, or a worker. It decides what the end of the task ends.
 *
 * <p>The code is on the start path of a job: without lambdas and streams.
 */
public interface TaskHost {
    /**
     * Returns the loader that finds the classes of the task.
     *
     * @return the context class loader of the task's thread, too
     */
    ClassLoader classes();

    /** Releases the heap that is reserved for the marker of the end: the task may have filled the rest. */
    void releaseReserve();

    /**
     * Takes note of what ended the task, or prevented its begin.
     *
     * @param thrown what was thrown
     */
    void onThrown(Throwable thrown);

    /** Prints to standard error the threads that the task has left, if there are any. The task has returned. */
    void warnOfThreads();

    /**
     * Ends the execution, after the marker was written: with the process, or with the task if its own thread calls.
     *
     * @param code the exit code of a process
     */
    void end(int code);
}
