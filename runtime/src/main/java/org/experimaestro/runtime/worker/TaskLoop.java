package org.experimaestro.runtime.worker;

import java.io.IOException;
import java.util.HashSet;
import java.util.Optional;
import org.experimaestro.runtime.WorkerJob;
import org.experimaestro.workspace.Attempt;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.WorkerFiles;
import org.experimaestro.workspace.WorkerMessage;
import org.experimaestro.workspace.WorkerTask;
import org.experimaestro.workspace.WorkerUse;
import org.jspecify.annotations.Nullable;

/**
 * The tasks of a worker, one after the other, each in a thread and with classes of its own. Confined to one thread, but for
 * {@link #shutDown}.
 */
final class TaskLoop {
    private final String name;
    private final ProcessIdentity process;
    private final WorkerFiles.PresentTask present;
    private final FreshClasses fresh;
    private final TaskStreams streams = new TaskStreams();
    private final ProcessState state;
    private final NativeLibraries libraries = new NativeLibraries();
    private final HeapReserve reserve = new HeapReserve();
    private final Renewal renewal = new Renewal();
    private final WorkerUse use = new WorkerUse();
    private final WorkerHeartbeat heartbeat = new WorkerHeartbeat();
    private final WorkerHost.Threads threads = new WorkerHost.Threads(new HashSet<>(), new VirtualThreads());
    private final CommonPool pool = new CommonPool();
    private final Object beginning = new Object();
    private boolean isEnding;
    private @Nullable FreshLoader loader;
    private volatile @Nullable RunningTask running;

    /** The present task with its thread. */
    private record RunningTask(WorkerJob job, Thread thread) {}

    /**
     * Creates the loop, and makes the streams of the process those of its tasks.
     *
     * @param name the name of the worker
     * @param process its process
     * @param present the file with the number of the present task
     * @param fresh the classes that are new for each task
     */
    TaskLoop(String name, ProcessIdentity process, WorkerFiles.PresentTask present, FreshClasses fresh) {
        this.name = name;
        this.process = process;
        this.present = present;
        this.fresh = fresh;
        System.setProperty("java.class.path", fresh.classPath(System.getProperty("java.class.path")));
        state = new ProcessState();
        heartbeat.start();
        threads.ofWorker().add(heartbeat);
        threads.ofWorker().add(Thread.currentThread());
    }

    /**
     * Executes a task.
     *
     * @param begin the task
     * @return the end of the task, whose files say how it ended; {@code null} if the process ends already, so that the task
     *     was not begun
     * @throws IOException if the task cannot begin, because the files of the worker or of the task cannot be written; the
     *     worker must end
     */
    WorkerMessage.@Nullable Over execute(WorkerMessage.Begin begin) throws IOException {
        long sequence = begin.sequence();
        Attempt attempt = begin.toAttempt();
        TaskLogs logs = new TaskLogs(attempt);
        WorkerHost host;
        RunningTask task;
        synchronized (beginning) { // the end of the process waits for the begin of a task, or comes before it
            if (isEnding) {
                return null;
            }
            present.begin(sequence);
            use.begin();
            reserve.renew();
            streams.begin(logs);
            host = new WorkerHost(loader(), reserve, threads);
            WorkerJob job = WorkerJob.begin(attempt, process, new WorkerTask(name, sequence), host, use);
            task = job == null ? null : new RunningTask(job, thread(job, host, logs));
            running = task;
        }
        if (task == null) {
            System.err.println(
                    "Attempt " + attempt.number() + " of " + attempt.job() + " was given up or runs already.");
        } else {
            run(task, host);
        }
        String renew = clean(host, logs);
        present.end();
        // Asked after that: whoever sends a signal to the process for the task has recorded it before it saw the task
        // here.
        if (renew == null && attempt.stop().isWritten()) {
            renew = "the task was asked to end, and a signal may still come";
        }
        boolean loadsNative = host.loadsNative() || host.classes().loadsNative() && libraries.hasOthers();
        if (loadsNative) {
            renew = "a native library of the task";
        }
        return new WorkerMessage.Over(sequence, Optional.ofNullable(renew), loadsNative, host.missesPlan());
    }

    /** Returns the loader for the next task: another one if the former task has left state in its classes. */
    private FreshLoader loader() {
        FreshLoader classes = loader;
        if (classes == null || classes.hasState()) {
            classes = new FreshLoader(fresh, TaskLoop.class.getClassLoader());
            loader = classes;
        }
        WorkerLoader.begin(classes);
        return classes;
    }

    private Thread thread(WorkerJob job, WorkerHost host, TaskLogs logs) {
        Thread thread = new Thread("main") {
            @Override
            public void run() {
                streams.enter(logs);
                job.run();
            }
        };
        thread.setContextClassLoader(host.classes());
        host.runIn(thread);
        return thread;
    }

    private void run(RunningTask task, WorkerHost host) {
        heartbeat.set(task.job());
        try {
            task.thread().start();
        } catch (OutOfMemoryError noThread) {
            task.job().fail(noThread);
        }
        await(task.thread());
        heartbeat.set(null);
        if (!host.isOver()) {
            awaitEnd();
        }
        running = null;
    }

    private static void await(Thread thread) {
        while (true) {
            try {
                thread.join(0);
                return;
            } catch (InterruptedException byATask) {
                // A task has found this thread; the worker goes on as if it had not.
            }
        }
    }

    /** Waits for the end of the process, whose hooks tell the end of the task. */
    private static void awaitEnd() {
        while (true) {
            try {
                Thread.sleep(Long.MAX_VALUE);
            } catch (InterruptedException again) {
                // The hooks need no interruption.
            }
        }
    }

    /** Removes what a task has left; returns the reason why the worker must end; {@code null} if there is none. */
    private @Nullable String clean(WorkerHost host, TaskLogs logs) {
        boolean areStreamsIntact = streams.end(logs);
        state.restore();
        if (host.hasThrown()) {
            loader = null;
        }
        String left = host.findLeft();
        String byAge = renewal.after();
        if (left != null) {
            return "a thread of the task still runs: " + left;
        }
        if (host.renewal() != null) {
            return host.renewal();
        }
        if (!areStreamsIntact) {
            return "the task has replaced or closed a standard stream, or its log could not be written";
        }
        if (host.classes().addsHooks()) {
            return "code of the task adds shutdown hooks";
        }
        if (WorkerLoader.hasGiven()) {
            return "the system class loader has given a class of the task";
        }
        return pool.isBusy() ? "work of the task is left in the common pool" : byAge;
    }

    /**
     * Tells the end of the present task, if there is one: the process ends, and no other task begins. Called by the shutdown
     * hook.
     */
    void shutDown() {
        synchronized (beginning) {
            isEnding = true;
        }
        RunningTask task = running;
        if (task != null) {
            task.job().shutDown(task.thread());
        }
        streams.restore();
    }
}
