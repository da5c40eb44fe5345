package org.experimaestro.web.remote;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.experimaestro.web.WorkspaceApi;
import org.jspecify.annotations.Nullable;

/** A host in this process: its programs are threads, and their streams pipes in memory. Thread-safe. */
final class FakeFarHost implements FarHost {
    /** A port that the host does not forward. */
    static final int REFUSED = 4_000;

    private final Program program;
    private final BlockingQueue<Exception> failures = new LinkedBlockingQueue<>();
    private final Set<Integer> forwarded = ConcurrentHashMap.newKeySet();
    private final List<Running> started = new CopyOnWriteArrayList<>();
    private volatile @Nullable Exception away;
    private volatile long cutAfter = Long.MAX_VALUE;

    private FakeFarHost(Program program) {
        this.program = program;
    }

    /** The main method of a program. */
    @FunctionalInterface
    interface Program {
        void run(InputStream in, OutputStream out) throws IOException, InterruptedException;
    }

    static FakeFarHost of(WorkspaceApi api) {
        return new FakeFarHost((in, out) -> FarEnd.serve(api, "test", in, out));
    }

    static FakeFarHost running(Program program) {
        return new FakeFarHost(program);
    }

    /** Lets the next start fail. */
    void failNext(IOException failure) {
        failures.add(failure);
    }

    /** Lets all starts fail. */
    void failUntilHealed(Exception failure) {
        away = failure;
    }

    /** Lets starts succeed. */
    void heal() {
        away = null;
    }

    /** Lets the next programs be cut when the client has read so many bytes of each. */
    void cutNextAfter(long bytes) {
        cutAfter = bytes;
    }

    /** Returns the program that was started last. */
    Running last() {
        return started.getLast();
    }

    int starts() {
        return started.size();
    }

    @Override
    public String name() {
        return "far";
    }

    @Override
    public FarProgram start() throws IOException {
        Exception failure = away == null ? failures.poll() : away;
        if (failure instanceof RuntimeException fault) {
            throw fault;
        }
        if (failure instanceof IOException trouble) {
            throw trouble;
        }
        Running running = new Running();
        running.answers.cutAfter(cutAfter);
        started.add(running);
        running.thread.start();
        return running;
    }

    /** Returns the next port: that of a host is not reached. */
    @Override
    public int forward(int port) throws IOException {
        if (port == REFUSED) {
            throw new IOException("Cannot forward the port " + port + " of far to this machine: the host refuses");
        }
        forwarded.add(port);
        return port + 1;
    }

    @Override
    public void endForward(int port) {
        forwarded.remove(port);
    }

    /** Returns the ports that are forwarded. */
    Set<Integer> forwarded() {
        return forwarded;
    }

    @Override
    public void close() {
        started.forEach(Running::close);
    }

    /** A program that runs. */
    final class Running implements FarProgram {
        private final BytePipe questions = new BytePipe();
        private final BytePipe answers = new BytePipe();
        private final Thread thread = Thread.ofPlatform().daemon().unstarted(this::run);

        private void run() {
            try (OutputStream out = answers.output()) {
                program.run(questions.input(), out);
            } catch (IOException gone) {
                return; // the client sees the end of the stream
            } catch (InterruptedException ended) {
                Thread.currentThread().interrupt();
            }
        }

        /** Loses the connection, as both sides notice at once. */
        void cut() {
            questions.cut();
            answers.cut();
        }

        /** Loses the connection, as neither side notices. */
        void lose() {
            questions.lose();
            answers.lose();
        }

        /** Returns the end of the stream of questions, which ends as that of a client that was killed. */
        OutputStream questions() {
            return questions.output();
        }

        long answered() {
            return answers.count();
        }

        /** Waits until the program has ended. */
        boolean hasEnded() throws InterruptedException {
            thread.join(20_000);
            return !thread.isAlive();
        }

        @Override
        public InputStream output() {
            return answers.input();
        }

        @Override
        public OutputStream input() {
            return questions.output();
        }

        @Override
        public String end() {
            cut();
            return "The program on far was cut";
        }

        @Override
        public void close() {
            cut();
        }
    }
}
