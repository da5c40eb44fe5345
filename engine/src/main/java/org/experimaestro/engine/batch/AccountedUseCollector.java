package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * A collector of what a batch system accounts for jobs that have ended. It asks for all of them with one call, some seconds
 * after their ends, because accounting is late, and stores what it gets with the attempts. No job and no run waits for it,
 * and a system without accounting is no problem. Thread-safe.
 */
final class AccountedUseCollector {
    /**
     * The pause before the first question for a job; each later one is twice as long. Sites do not like it if their accounting
     * is asked often.
     */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

    /** The number of questions after which a job counts as not accounted: some four minutes. */
    static final int MOST_QUESTIONS = 4;

    /** The longest time for the last question, when the client is closed. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private static final System.Logger LOGGER = System.getLogger(AccountedUseCollector.class.getName());

    private final BatchSystem system;
    private final ExecutorService threads;
    private final Map<Ended, Integer> questions = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private final CountDownLatch closed = new CountDownLatch(1);

    /** An attempt that has ended. */
    private record Ended(JobFolder folder, int attempt, BatchJobReference batchJob) {}

    AccountedUseCollector(BatchSystem system, ExecutorService threads) {
        this.system = system;
        this.threads = threads;
    }

    /** Adds the job of an attempt that has ended. */
    void add(TrackedJob job, JobStatus end) {
        OptionalInt attempt = end.lastAttempt();
        if (attempt.isPresent() && !end.isActive()) {
            questions.put(new Ended(job.folder, attempt.getAsInt(), job.batchJob), 0);
            news.release();
        }
    }

    /** Asks from time to time, in a thread of its own. */
    void start() {
        threads.execute(this::collect);
    }

    private void collect() {
        try {
            while (true) {
                news.acquire();
                news.drainPermits();
                while (!questions.isEmpty()) {
                    int fewest = questions.values().stream()
                            .mapToInt(Integer::intValue)
                            .min()
                            .orElse(0);
                    long pause = FIRST_PAUSE.toMillis() << fewest;
                    if (closed.await(pause, TimeUnit.MILLISECONDS)) {
                        return;
                    }
                    ask();
                }
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once for all jobs that have ended and are not accounted yet. */
    synchronized void ask() throws InterruptedException {
        Map<Ended, Integer> asked = Map.copyOf(questions);
        if (asked.isEmpty()) {
            return;
        }
        Map<String, BatchUse> uses = uses(asked.keySet());
        asked.forEach((ended, number) -> {
            BatchUse use = uses.get(ended.batchJob().jobId());
            if (use != null) {
                store(ended, use);
            }
            if (use != null || number + 1 >= MOST_QUESTIONS) {
                questions.remove(ended);
            } else {
                questions.replace(ended, number, number + 1);
            }
        });
    }

    private Map<String, BatchUse> uses(Set<Ended> asked) throws InterruptedException {
        Set<String> jobIds = new LinkedHashSet<>();
        Instant since = Instant.MAX;
        for (Ended ended : asked) {
            jobIds.add(ended.batchJob().jobId());
            since = ended.batchJob().since().isBefore(since) ? ended.batchJob().since() : since;
        }
        try {
            return system.accountedUse(jobIds, since);
        } catch (UnreachableException | RuntimeException unanswered) {
            LOGGER.log(System.Logger.Level.DEBUG, "A batch system does not tell what it has accounted", unanswered);
            return Map.of();
        }
    }

    private static void store(Ended ended, BatchUse use) {
        BatchJobReference batchJob = ended.batchJob();
        try {
            // Another run may have made a later attempt meanwhile, which another job of the system has.
            if (ended.folder()
                    .attempt(ended.attempt())
                    .batchJob()
                    .filter(found -> found.jobId().equals(batchJob.jobId()))
                    .isPresent()) {
                ended.folder()
                        .attempt(ended.attempt())
                        .storeAccountedUse(new AccountedUse(
                                batchJob.launcher(),
                                batchJob.jobId(),
                                use.state(),
                                use.exitCode(),
                                use.wallSeconds(),
                                use.cpuSeconds(),
                                use.maxMemoryBytes()));
            }
        } catch (IOException | JsonException | IllegalArgumentException notStored) {
            LOGGER.log(System.Logger.Level.DEBUG, "The accounted use of a job is not stored", notStored);
        }
    }

    /** Asks a last time, for some seconds at most, because nobody will ask after the run. */
    void askLast() {
        closed.countDown();
        if (questions.isEmpty()) {
            return;
        }
        Future<?> last = threads.submit(() -> {
            ask();
            return null;
        });
        try {
            last.get(LAST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException unanswered) {
            LOGGER.log(System.Logger.Level.DEBUG, "What a batch system has accounted last is not known", unanswered);
        }
    }
}
