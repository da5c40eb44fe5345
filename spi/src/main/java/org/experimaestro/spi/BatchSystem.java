package org.experimaestro.spi;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A client of a batch system, which takes jobs and runs them when there is room: Slurm, PBS, OAR, a web service, or
 * plain processes on another host. An implementation may use the shell that {@link LauncherType#open} gives it, or
 * any other protocol. It keeps no state of a job except in its job id. Thread-safe.
 *
 * <p>A job id is the system's own name of a job, such as {@code 1234} or {@code 1234_5}: one line without white
 * space. It is stored, and used by later processes.
 *
 * <p>The job ids of a query or a cancellation were read from a file, in which another person may have written any
 * text: an option of a command, a list, a path, or the job id of another job. Therefore an implementation sends only
 * texts to the system that have the exact form of a job id.
 */
public interface BatchSystem {

    /**
     * Returns the script that is submitted to the system, directives and body, for display.
     *
     * @param batch the jobs
     * @return the text
     */
    String script(Batch batch);

    /**
     * Submits jobs. Blocks until the system has answered.
     *
     * @param batch the jobs
     * @return their job ids, in their order
     * @throws RefusedException if the system does not accept them. Then none is accepted, unless the exception is
     *     {@link RefusedException#unclear}, for an unexpected answer.
     * @throws UnreachableException if the system does not answer. It may have accepted the jobs nevertheless; they
     *     are submitted again if their files do not show that they have ended.
     * @throws InterruptedException if this thread is interrupted
     */
    List<String> submit(Batch batch) throws RefusedException, UnreachableException, InterruptedException;

    /**
     * Submits jobs, as {@link #submit(Batch)} does, and reports what the system says about jobs that it accepts. For
     * example, Slurm warns if it gives a job fewer nodes than the job asks for. A run calls this method, and shows
     * equal warnings once.
     *
     * @param batch the jobs
     * @param warnings takes each warning, one line of the system's own text
     * @return their job ids, in their order
     * @throws RefusedException as {@link #submit(Batch)}
     * @throws UnreachableException as {@link #submit(Batch)}
     * @throws InterruptedException if this thread is interrupted
     */
    default List<String> submit(Batch batch, Consumer<String> warnings)
            throws RefusedException, UnreachableException, InterruptedException {
        return submit(batch);
    }

    /**
     * Queries the state of jobs, with a fixed number of requests for all of them. Blocks until the system has
     * answered.
     *
     * @param jobIds the jobs
     * @param since a time before the first of them was submitted
     * @return the status of each job that the system lists. Jobs that it does not list (yet, or any longer) are left
     *     out, and so are texts that are not job ids of this system.
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    Map<String, BatchStatus> poll(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException;

    /**
     * Queries what the system has accounted for jobs that have ended, with a fixed number of requests for all of them.
     * Nothing waits for the answer. It is asked again for jobs that it leaves out, because accounting is late.
     *
     * @param jobIds the jobs
     * @param since a time before the first of them was submitted
     * @return the use of each job that has ended, as far as the system has accounted it by now; empty, the default, for a
     *     system without accounting. Texts that are not job ids of this system are left out.
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    default Map<String, BatchUse> accountedUse(Collection<String> jobIds, Instant since)
            throws UnreachableException, InterruptedException {
        return Map.of();
    }

    /**
     * Cancels jobs: SIGTERM first, so that they can clean up. A job that has ended already, or is unknown, is not an
     * error.
     *
     * <p>An implementation first queries the owner and the name of the jobs. A job id may be another job's: by
     * mistake, by malice, or because the system has used its number again.
     *
     * @param name the name of all these jobs ({@link Batch#name})
     * @param jobIds the jobs
     * @throws RefusedException if one of them is another user's, has another name, or is not a job id of this system.
     *     The message has the value found; nothing is sent to that job.
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    void cancel(String name, Collection<String> jobIds)
            throws RefusedException, UnreachableException, InterruptedException;

    /**
     * Returns the largest number of jobs of a batch.
     *
     * @return 1 if the system has no arrays
     */
    default int largestBatch() {
        return 1;
    }

    /**
     * Returns whether the system itself can make a job wait for others ({@link Batch#after}).
     *
     * @return true if it can
     */
    default boolean hasDependencies() {
        return false;
    }

    /**
     * Returns whether jobs run on the host whose shell the system was opened with. Then that host is asked for the jobs' Java
     * before they are submitted, so that a missing one is found once.
     *
     * @return false by default: jobs run on other hosts
     */
    default boolean runsOnOwnHost() {
        return false;
    }

    /**
     * Queries how many jobs could start at some places, to spread jobs among them.
     *
     * @param places placements that are as good as each other
     * @return for each place, in order, the number of such jobs that could start now, less the number of jobs that
     *     wait for the same resources; empty, the default, if the system does not report it. Then all jobs go to the
     *     first place.
     * @throws UnreachableException if the system does not answer
     * @throws InterruptedException if this thread is interrupted
     */
    default List<Integer> room(List<Placement> places) throws UnreachableException, InterruptedException {
        return List.of();
    }

    /**
     * Returns the shortest pause between two polls, and before jobs are submitted again after the system did not
     * answer. While nothing changes, the pause grows, up to fifteen times as long.
     *
     * @return one second by default. From 10 milliseconds to a day: a shorter or longer pause is replaced by the
     *     nearer limit.
     */
    default Duration pollPeriod() {
        return Duration.ofSeconds(1);
    }
}
