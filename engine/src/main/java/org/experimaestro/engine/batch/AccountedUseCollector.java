package org.experimaestro.engine.batch;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.engine.time.RunClock;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.BatchUse;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.AccountedUse;
import org.experimaestro.workspace.BatchJobReference;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;

/**
 * A collector of what a batch system accounts for jobs that have ended. It asks for all of them with one call, some seconds
 * after their ends, because accounting is late, and stores what it gets with the attempts. No job waits for it, and the end of
 * a run for {@link #LAST} at most. A system without accounting is no problem. Thread-safe.
 */
final class AccountedUseCollector {
    /**
     * The pause before the first question for a job; each later one is twice as long. Also the least time between two questions:
     * sites do not like it if their accounting is asked often.
     */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(15);

    /** The number of answers without a job after which it counts as not accounted: some four minutes. */
    static final int MOST_QUESTIONS = 4;

    /** The longest time for the last question, when the client is closed. */
    private static final Duration LAST = Duration.ofSeconds(3);

    private static final System.Logger LOGGER = System.getLogger(AccountedUseCollector.class.getName());

    private final BatchSystem system;
    private final ExecutorService threads;
    private final RunClock clock;
    private final Map<Ended, Question> questions = new ConcurrentHashMap<>();
    private final Semaphore news = new Semaphore(0);
    private volatile boolean isClosed;

    /** An attempt that has ended. */
    private record Ended(JobFolder folder, int attempt, BatchJobReference batchJob) {}

    /**
     * The next question for an attempt.
     *
     * @param answers the number of answers so far that did not have it
     * @param due the time from which on it is asked for, as of {@link RunClock#nanoTime}
     */
    private record Question(int answers, long due) {
        static Question next(int answers, long now) {
            return new Question(answers, now + (FIRST_PAUSE.toNanos() << answers));
        }
    }

    AccountedUseCollector(BatchSystem system, ExecutorService threads, RunClock clock) {
        this.system = system;
        this.threads = threads;
        this.clock = clock;
    }

    /** Adds the job of an attempt that has ended. */
    void add(TrackedJob job, JobStatus end) {
        OptionalInt attempt = end.lastAttempt();
        if (attempt.isPresent() && !end.isActive()) {
            Ended ended = new Ended(job.folder, attempt.getAsInt(), job.batchJob);
            questions.put(ended, Question.next(0, clock.nanoTime()));
            news.release();
        }
    }

    /** Asks from time to time, in a thread of its own. */
    void start() {
        threads.execute(this::collect);
    }

    private void collect() {
        long asked = clock.nanoTime() - FIRST_PAUSE.toNanos();
        try {
            while (!isClosed) {
                long now = clock.nanoTime();
                long earliest = asked + FIRST_PAUSE.toNanos();
                OptionalLong wait = questions.values().stream()
                        .mapToLong(question -> Math.max(question.due() - now, earliest - now))
                        .min();
                if (wait.isEmpty()) {
                    news.acquire();
                } else if (wait.getAsLong() > 0) {
                    var _ = news.tryAcquire(wait.getAsLong(), TimeUnit.NANOSECONDS); // both mean: look again
                } else {
                    asked = now;
                    ask(now);
                }
                news.drainPermits();
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Asks once for all jobs that have ended and are not accounted yet. */
    private void askAll() throws InterruptedException {
        ask(Long.MAX_VALUE);
    }

    /**
     * Asks once for the jobs whose time has come. A question that is not answered does not count.
     *
     * @param now the time as of {@link RunClock#nanoTime}; the greatest one for all jobs
     */
    synchronized void ask(long now) throws InterruptedException {
        Map<Ended, Question> asked = new HashMap<>(questions);
        if (now != Long.MAX_VALUE) {
            asked.values().removeIf(question -> question.due() - now > 0);
        }
        if (asked.isEmpty()) {
            return;
        }
        Optional<Map<String, BatchUse>> uses = findUses(asked.keySet());
        asked.forEach((ended, question) -> {
            BatchUse use = uses.map(all -> all.get(ended.batchJob().jobId())).orElse(null);
            int answers = question.answers() + (uses.isPresent() ? 1 : 0);
            if (use != null) {
                store(ended, use);
            }
            if (use != null || answers >= MOST_QUESTIONS) {
                questions.remove(ended);
            } else {
                questions.put(ended, Question.next(answers, clock.nanoTime()));
            }
        });
    }

    private Optional<Map<String, BatchUse>> findUses(Set<Ended> asked) throws InterruptedException {
        Set<String> jobIds = new LinkedHashSet<>();
        Instant since = Instant.MAX;
        for (Ended ended : asked) {
            jobIds.add(ended.batchJob().jobId());
            since = ended.batchJob().since().isBefore(since) ? ended.batchJob().since() : since;
        }
        try {
            return Optional.of(system.accountedUse(jobIds, since));
        } catch (UnreachableException | RuntimeException unanswered) {
            LOGGER.log(System.Logger.Level.DEBUG, "A batch system does not tell what it has accounted", unanswered);
            return Optional.empty();
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
        isClosed = true;
        news.release();
        if (questions.isEmpty()) {
            return;
        }
        Future<?> last = threads.submit(() -> {
            askAll();
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
