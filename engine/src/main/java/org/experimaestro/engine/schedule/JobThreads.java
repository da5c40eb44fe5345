package org.experimaestro.engine.schedule;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.experimaestro.engine.guard.Guard;
import org.jspecify.annotations.Nullable;

/** The threads of jobs, which call the jobs' code that blocks. Each answer comes back as an event. Thread-safe. */
final class JobThreads {
    private final Executor blocking;
    private final Guard jobs;
    private final Consumer<Runnable> events;

    /**
     * Creates an object without threads.
     *
     * @param blocking the executor that makes a thread for each call
     * @param jobs the guard that logs exceptions of the jobs' code
     * @param events the receiver of the answers; any thread may call it
     */
    JobThreads(Executor blocking, Guard jobs, Consumer<Runnable> events) {
        this.blocking = blocking;
        this.jobs = jobs;
        this.events = events;
    }

    /** A call of a job's code. */
    interface Call<T> {
        @Nullable
        T of(Job job) throws InterruptedException;
    }

    /** A handler of the end of a call, which has an exception, or an answer that may be {@code null}. */
    interface Handler<T> {
        void handle(Job job, @Nullable T answer, @Nullable Throwable problem);
    }

    /**
     * Makes a call. Its end is always reported, because a job without an end would block the run.
     *
     * @throws RuntimeException if there is no thread for it; then nothing is reported
     */
    <T> void call(Job job, Call<T> call, Handler<T> handler) {
        blocking.execute(() -> {
            @Nullable T given = null;
            @Nullable Throwable thrown = null;
            try {
                given = call.of(job);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                thrown = stopped;
            } catch (Throwable mistake) {
                thrown = mistake;
                jobs.log(mistake);
            } finally {
                @Nullable T answer = given;
                @Nullable Throwable problem = thrown;
                events.accept(() -> handler.handle(job, answer, problem));
            }
        });
    }

    /** Makes a call that has no answer. */
    void call(Runnable action) {
        blocking.execute(() -> jobs.run(action));
    }
}
