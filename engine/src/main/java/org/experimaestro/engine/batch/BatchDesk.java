package org.experimaestro.engine.batch;

import java.util.Collection;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.experimaestro.spi.BatchSystem;
import org.experimaestro.spi.RefusedException;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Handover;
import org.experimaestro.workspace.JobStatus;

/** The one place of this process where a batch system is talked to, for all runs. Thread-safe. */
final class BatchDesk implements AutoCloseable {
    private final BatchSystem system;
    private final Host host;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BatchCollector collector;
    private final BatchWatch watch;

    BatchDesk(BatchSystem system, Host host) {
        this.system = system;
        this.host = host;
        this.collector = new BatchCollector(system, host, threads);
        this.watch = new BatchWatch(system, host, threads);
    }

    BatchSystem system() {
        return system;
    }

    /** Gives a job to the batch system; blocks until it has it, and has said so. */
    Handover hand(Submission submission) throws RefusedException, InterruptedException {
        return collector.hand(submission);
    }

    /** Waits until a job that the batch system has is over, or is another's. */
    JobStatus await(Watched job) throws InterruptedException {
        watch.add(job);
        try {
            return job.end.get();
        } catch (ExecutionException impossible) {
            throw new AssertionError("A job's end is a state", impossible);
        } finally {
            watch.remove(job);
        }
    }

    void cancel(Collection<String> handles) throws RefusedException, UnreachableException, InterruptedException {
        system.cancel(host.shell(), handles);
    }

    @Override
    public void close() {
        threads.shutdownNow();
        host.close();
    }
}
