package org.experimaestro.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * A system that takes jobs, and runs them when there is room: Slurm, PBS, OAR, a service with an address, or plain processes
 * on another host. How it is talked to is its own business: with the shell that {@link LauncherType#open} gives it, or
 * without. An implementation keeps nothing of a job but what is in its handle. Thread-safe.
 *
 * <p>A handle is the system's own name of a job, such as {@code 1234} or {@code 1234_5}: one line without white space. It
 * is stored, and used by later processes.
 *
 * <p>A handle that is asked for, or cancelled, was read from a file, in which somebody else may have written any text: an
 * option of a command, a list, a path, the handle of another job. Only what has the exact form of a handle reaches the system.
 */
public interface BatchSystem {

    /**
     * The script that is given to the system: directives and body, for those who want to read it.
     *
     * @param batch the jobs
     * @return the text
     */
    String script(Batch batch);

    /**
     * Gives jobs to the system.
     *
     * @param batch the jobs
     * @return their handles, in their order
     * @throws RefusedException if the system does not take them: none is taken then, unless it is
     *     {@link RefusedException#unclear}, for an answer that is not understood
     * @throws UnreachableException if the system does not answer; it may have taken the jobs nevertheless. They are submitted
     *     again if their files do not show that they have ended
     * @throws InterruptedException if this thread is interrupted
     */
    List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException;

    /**
     * Asks for the state of jobs, of all of them with a fixed number of requests.
     *
     * @param handles the jobs
     * @param since a time before the first of them was given to the system
     * @return what the system knows; a job that it does not know (yet, or any longer) is left out, and so is a text that is
     *     no handle of this system
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    Map<String, BatchStatus> poll(Collection<String> handles, Instant since)
            throws UnreachableException, InterruptedException;

    /**
     * Ends jobs: SIGTERM first, so that they can clean up. To end a job that has ended already, or is not known, is not an
     * error.
     *
     * <p>The system is asked first whose the jobs are and what they are called: a handle may be another job's, by mistake, by
     * malice, or since the system has used its number again.
     *
     * @param name what all of these jobs are called ({@link Batch#name})
     * @param handles the jobs
     * @throws RefusedException if one of them is another user's, has another name, or is no handle of this system, with what
     *     was found; to that one nothing is sent
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    void cancel(String name, Collection<String> handles)
            throws RefusedException, UnreachableException, InterruptedException;

    /**
     * How many jobs a batch may have.
     *
     * @return 1 if the system has no arrays
     */
    default int largestBatch() {
        return 1;
    }

    /**
     * Whether a job can be told to wait for others by the system itself ({@link Batch#after}).
     *
     * @return true if it can
     */
    default boolean hasDependencies() {
        return false;
    }

    /**
     * How long the system is left alone at least between two polls, and before jobs are given to it again when it did not
     * answer. While nothing changes, it is asked less and less often, down to once in fifteen times as long.
     *
     * @return one second, unless the system bears more, or less; from 10 milliseconds to a day: what is shorter or longer counts as
     *     these
     */
    default Duration pollPeriod() {
        return Duration.ofSeconds(1);
    }
}
