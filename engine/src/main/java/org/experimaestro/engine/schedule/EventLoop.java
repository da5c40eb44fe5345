package org.experimaestro.engine.schedule;

import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.experimaestro.engine.guard.Guard;
import org.experimaestro.engine.guard.Uninterrupted;

/** The events of a scheduler, and the one thread that handles them in order. Thread-safe. */
final class EventLoop {
    private static final Duration LAST_EVENT = Duration.ofSeconds(10);

    private final Guard guard;
    private final Runnable afterEach;
    private final Runnable atEnd;
    private final BlockingQueue<Runnable> events = new LinkedBlockingQueue<>();
    private final Thread thread;
    private volatile boolean closed;
    /** The thread handles no more events. */
    private volatile boolean over;

    /** An event whose sender waits for an answer. */
    private record Question(Runnable action, Runnable refusal) implements Runnable {
        @Override
        public void run() {
            action.run();
        }
    }

    /**
     * Creates a loop, which handles no event before {@link #start}.
     *
     * @param guard the guard that logs an event's exception; the next event is handled all the same
     * @param afterEach an action that runs after each event, on the loop's thread
     * @param atEnd an action that runs once when the loop ends, on its thread
     */
    EventLoop(Guard guard, Runnable afterEach, Runnable atEnd) {
        this.guard = guard;
        this.afterEach = afterEach;
        this.atEnd = atEnd;
        this.thread =
                Thread.ofPlatform().daemon().name("experimaestro-scheduler").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Adds an event. A loop that has ended ignores it. */
    void add(Runnable event) {
        events.add(event);
    }

    /**
     * Adds an event with an answer.
     *
     * @param action the supplier of the answer, which runs on the loop's thread
     * @param refusal an action that completes the answer if the loop ends before
     * @return a future that is completed in any case; exceptionally if the action throws
     */
    <T> Future<T> ask(Supplier<T> action, Consumer<CompletableFuture<T>> refusal) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        events.add(new Question(
                () -> {
                    try {
                        answer.complete(action.get());
                    } catch (RuntimeException | Error thrown) {
                        answer.completeExceptionally(thrown);
                    }
                },
                () -> refusal.accept(answer)));
        if (over) {
            refuseAll(); // the thread may have done that just before
        }
        return answer;
    }

    private void run() {
        try {
            while (!closed) {
                guard.run(events.take());
                afterEach.run();
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            over = true;
            atEnd.run();
            refuseAll();
        }
    }

    private void refuseAll() {
        for (Runnable event = events.poll(); event != null; event = events.poll()) {
            if (event instanceof Question question) {
                question.refusal().run();
            }
        }
    }

    /**
     * Ends the loop, and waits for its thread for at most ten seconds, also if the calling thread is interrupted. No
     * event is handled after the return, unless one takes longer.
     */
    void close() {
        closed = true;
        thread.interrupt();
        Uninterrupted.await(LAST_EVENT, thread::join);
    }
}
