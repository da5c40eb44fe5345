package org.experimaestro.engine.batch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;

/**
 * A collector of cancellations. While the batch system answers one call, the jobs that are to be cancelled meanwhile are
 * collected, and the next call cancels all of them. So a single job does not wait, and many need few calls. Thread-safe.
 */
final class CancellationBatcher {
    /** The largest number of jobs of a call, because command lines have a limit. */
    static final int LARGEST = 500;

    private final BatchSystem system;
    /** Held during a call. Guards nothing else. */
    private final ReentrantLock calling = new ReentrantLock();
    /** The requests without a call, by the name of the jobs. Guarded by itself. */
    private final Map<String, List<Request>> waiting = new HashMap<>();

    private record Request(String jobId, CompletableFuture<Void> answer) {}

    CancellationBatcher(BatchSystem system) {
        this.system = system;
    }

    /**
     * Cancels a job. Blocks until the batch system has answered.
     *
     * @param name the name of the job in the batch system
     * @param jobId the job
     * @throws RefusedException as {@link BatchSystem#cancel}, for this job alone
     */
    void cancel(String name, String jobId) throws RefusedException, UnreachableException, InterruptedException {
        Request request = new Request(jobId, new CompletableFuture<>());
        synchronized (waiting) {
            waiting.computeIfAbsent(name, key -> new ArrayList<>()).add(request);
        }
        try {
            send(name, request);
        } finally {
            withdraw(name, request);
        }
        throwProblem(request);
    }

    /** Cancels the jobs that wait until a request is answered, by this thread or by the one that calls now. */
    private void send(String name, Request request) throws InterruptedException {
        calling.lockInterruptibly();
        try {
            while (!request.answer().isDone()) {
                send(name, take(name));
            }
        } finally {
            withdraw(name, request); // before the next thread calls
            calling.unlock();
        }
    }

    /** Forgets a request that has no call, because its thread was interrupted. */
    private void withdraw(String name, Request request) {
        synchronized (waiting) {
            waiting.getOrDefault(name, new ArrayList<>()).remove(request);
        }
    }

    private List<Request> take(String name) {
        synchronized (waiting) {
            List<Request> all = waiting.getOrDefault(name, List.of());
            List<Request> taken = List.copyOf(all.subList(0, Math.min(all.size(), LARGEST)));
            waiting.put(name, new ArrayList<>(all.subList(taken.size(), all.size())));
            return taken;
        }
    }

    /** Cancels jobs with one call; each in its own one if they are refused, because one of them may be the reason. */
    private void send(String name, List<Request> requests) throws InterruptedException {
        try {
            system.cancel(name, requests.stream().map(Request::jobId).toList());
            requests.forEach(request -> request.answer().complete(null));
        } catch (RefusedException refused) {
            if (requests.size() == 1) {
                requests.getFirst().answer().completeExceptionally(refused);
                return;
            }
            try {
                for (Request request : requests) {
                    send(name, List.of(request));
                }
            } catch (InterruptedException stopped) {
                putBack(name, requests);
                throw stopped;
            }
        } catch (UnreachableException | RuntimeException | Error failed) {
            requests.forEach(request -> request.answer().completeExceptionally(failed));
        } catch (InterruptedException stopped) {
            putBack(name, requests);
            throw stopped;
        }
    }

    /** Leaves requests to the threads that wait for them. */
    private void putBack(String name, List<Request> requests) {
        synchronized (waiting) {
            List<Request> all = waiting.computeIfAbsent(name, key -> new ArrayList<>());
            requests.stream()
                    .filter(request -> !request.answer().isDone() && !all.contains(request))
                    .forEach(all::add);
        }
    }

    private static void throwProblem(Request request)
            throws RefusedException, UnreachableException, InterruptedException {
        try {
            request.answer().get();
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case RefusedException refused -> throw refused;
                case UnreachableException unreachable -> throw unreachable;
                case RuntimeException mistake -> throw mistake;
                case null, default ->
                    throw new IllegalStateException(String.valueOf(failed.getCause()), failed.getCause());
            }
        }
    }
}
