package org.experimaestro.runtime.worker;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import org.jspecify.annotations.Nullable;

/**
 * The standard streams of a worker. {@code System.out} and {@code System.err} are two streams for all tasks, because
 * libraries keep them; each thread prints into the logs of the task that has started it. What threads of an ended task print
 * is in the log of the worker, as is the output of native code and of child processes that inherit the streams.
 * Thread-safe.
 */
final class TaskStreams {
    /** The size of the buffer of {@code System.out} in the JDK: a line is one write. */
    private static final int BUFFER_BYTES = 128;

    private static final int OUT = 0;
    private static final int ERR = 1;

    private static final InheritableThreadLocal<TaskLogs> OF_THREAD = new InheritableThreadLocal<>();

    private final PrintStream workerOut;
    private final PrintStream workerErr;
    private PrintStream out;
    private PrintStream err;
    private volatile @Nullable TaskLogs present;
    private volatile boolean isDamaged;

    /** Replaces the streams of the process. */
    TaskStreams() {
        workerOut = System.out;
        workerErr = System.err;
        out = print(OUT, workerOut, "stdout.encoding", "sun.stdout.encoding");
        err = print(ERR, workerErr, "stderr.encoding", "sun.stderr.encoding");
        install();
    }

    private PrintStream print(int log, PrintStream ofWorker, String property, String formerProperty) {
        return new PrintStream(
                new BufferedOutputStream(new Switch(log, ofWorker), BUFFER_BYTES),
                true,
                charset(property, formerProperty));
    }

    /** Returns the charset that the JDK gives the stream: since release 19 it is in a property. */
    private static Charset charset(String property, String formerProperty) {
        for (String each : new String[] {property, formerProperty, "native.encoding"}) {
            String name = System.getProperty(each);
            try {
                if (name != null) {
                    return Charset.forName(name);
                }
            } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
                // The next property has another one.
            }
        }
        return Charset.defaultCharset();
    }

    private void install() {
        System.setOut(out);
        System.setErr(err);
        System.setIn(InputStream.nullInputStream());
    }

    /** A stream into the log of the task to which the printing thread belongs. */
    private final class Switch extends OutputStream {
        private final int log;
        private final PrintStream ofWorker;

        Switch(int log, PrintStream ofWorker) {
            this.log = log;
            this.ofWorker = ofWorker;
        }

        @Override
        public void write(int letter) throws IOException {
            write(new byte[] {(byte) letter}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int start, int length) throws IOException {
            TaskLogs logs = logs();
            try {
                if (logs == null || !logs.write(log, bytes, start, length)) {
                    ofWorker.write(bytes, start, length);
                    ofWorker.flush();
                }
            } catch (IOException unwritten) {
                isDamaged = true; // the stream of Java remembers it
                throw unwritten;
            }
        }

        @Override
        public void close() {
            isDamaged = true; // a task has closed the stream, and what it prints afterwards is lost, as in a process
        }
    }

    private @Nullable TaskLogs logs() {
        TaskLogs own = OF_THREAD.get();
        // The common pool has its threads from the first task that uses it, and they work for all.
        return own == null || own.hasEnded() && isCommon(Thread.currentThread()) ? present : own;
    }

    private static boolean isCommon(Thread thread) {
        return thread instanceof ForkJoinWorkerThread worker
                && ForkJoinPool.commonPool().equals(worker.getPool());
    }

    /** Begins a task: threads without a task of their own, such as those of the worker, print into its logs, too. */
    void begin(TaskLogs logs) {
        present = logs;
    }

    /** Makes the present thread, and those that it starts, print into the logs of a task. */
    void enter(TaskLogs logs) {
        OF_THREAD.set(logs);
    }

    /**
     * Ends the present task.
     *
     * @return false if the task has replaced or closed a stream: others may have kept what it had put there, so that the
     *     worker must take no other task
     */
    boolean end(TaskLogs logs) {
        out.flush();
        err.flush();
        boolean isIntact = out.equals(System.out) && err.equals(System.err) && !isDamaged;
        logs.end();
        present = null;
        if (isIntact) {
            System.setIn(InputStream.nullInputStream());
        }
        return isIntact;
    }

    /** Gives the streams of the worker back to the process, which ends. */
    void restore() {
        System.setOut(workerOut);
        System.setErr(workerErr);
    }
}
