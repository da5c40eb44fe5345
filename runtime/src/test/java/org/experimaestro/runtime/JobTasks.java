package org.experimaestro.runtime;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.GeneratedPath;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks that end in all the ways in which a task can end. */
final class JobTasks {
    /** What a task writes when it has come so far that the test may go on. */
    static final String READY = "ready";

    private JobTasks() {}

    @ConfigType("job.works")
    record Works(
            int steps,
            @Default("x") String name,
            @GeneratedPath("out.txt") Path output) implements SelfTask<Works> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(output, name + " " + output.isAbsolute() + " " + context.folder());
            for (int i = 1; i <= steps; i++) {
                context.metric("step", i);
            }
            context.metric("loss", Double.NaN);
            context.logger().log(System.Logger.Level.WARNING, "a word of the logger");
            System.out.print("no newline at the end");
        }
    }

    @ConfigType("job.progress")
    record TellsProgress() implements SelfTask<TellsProgress> {
        @Override
        public void execute(TaskContext context) {
            for (int i = 0; i <= 10_000; i++) {
                context.progress(i / 10_000.0);
            }
            context.progress(7);
            for (int epoch = 1; epoch <= 2; epoch++) {
                context.progress(0, epoch / 2.0, "epoch " + epoch);
                context.progress(1, 0, "batch");
                context.progress(1, 1, "batch");
            }
            for (Runnable wrong : List.<Runnable>of(
                    () -> context.progress(10, 0, ""),
                    () -> context.progress(-1, 0, ""),
                    () -> context.progress(Double.NaN),
                    () -> context.metric("", 1),
                    () -> context.metric("", 1, 0),
                    () -> context.metric("loss", 1, -1),
                    () -> context.track(10, List.of(), ""))) {
                try {
                    wrong.run();
                    throw new IllegalStateException("accepted");
                } catch (IllegalArgumentException expected) {
                    System.out.println(expected.getMessage());
                }
            }
        }
    }

    /** Tells metrics at steps, and the attempt. */
    @ConfigType("job.measures")
    record Measures() implements SelfTask<Measures> {
        @Override
        public void execute(TaskContext context) {
            for (int step : context.track(List.of(0, 2, 1), "step")) {
                context.metric("loss", 0.5f / (step + 1), step);
            }
            context.metric("attempt", context.attempt());
            context.metric("ap", "301", 0.5);
        }
    }

    @ConfigType("job.asks-time")
    record AsksTime() implements SelfTask<AsksTime> {
        @Override
        public void execute(TaskContext context) {
            context.remainingTime().ifPresent(left -> context.metric("left", left.toSeconds()));
            context.metric("asked", 1);
        }
    }

    @ConfigType("job.throws")
    record Throws(boolean anError) implements SelfTask<Throws> {
        @Override
        public void execute(TaskContext context) throws Exception {
            if (anError) {
                throw new AssertionError("an error");
            }
            throw new IOException("an exception");
        }
    }

    @ConfigType("job.exits")
    record Exits(int code) implements SelfTask<Exits> {
        @Override
        public void execute(TaskContext context) {
            System.exit(code);
        }
    }

    @ConfigType("job.fills-heap")
    record FillsHeap() implements SelfTask<FillsHeap> {
        /** Not released when the task ends: the process has to cope with what is left. */
        private static final List<Object> KEPT = new ArrayList<>();

        private static Object[] chain = {};

        @Override
        public void execute(TaskContext context) {
            try {
                while (true) {
                    KEPT.add(new byte[1 << 16]);
                }
            } catch (OutOfMemoryError full) {
                while (true) {
                    chain = new Object[] {chain};
                }
            }
        }
    }

    /** Returns with a heap so full that not one more object has room. */
    @ConfigType("job.returns-full")
    record ReturnsFull() implements SelfTask<ReturnsFull> {
        @Override
        public void execute(TaskContext context) {
            try {
                new FillsHeap().execute(context);
            } catch (OutOfMemoryError full) {
                context.folder();
            }
        }
    }

    @ConfigType("job.leaves-thread")
    record LeavesThread() implements SelfTask<LeavesThread> {
        @Override
        public void execute(TaskContext context) {
            new Thread("left behind") {
                @Override
                public void run() {
                    waitForever();
                }
            }.start();
        }
    }

    /** Leaves threads behind: some at work, some idle, some that end just now, and some that nobody waits for. */
    @ConfigType("job.leaves-threads")
    record LeavesThreads(int working) implements SelfTask<LeavesThreads> {
        @Override
        public void execute(TaskContext context) throws Exception {
            for (int i = 0; i < working; i++) {
                new Thread(JobTasks::waitForever, "worker\n" + i).start();
            }
            ExecutorService idle = Executors.newFixedThreadPool(2);
            idle.submit(() -> context.metric("idle", 1)).get();
            ExecutorService ended = Executors.newFixedThreadPool(8, task -> new Thread(task, "ended"));
            for (int i = 0; i < 100; i++) {
                ended.execute(() -> context.metric("ended", 1));
            }
            ended.shutdown();
            Thread daemon = new Thread(JobTasks::waitForever, "daemon");
            daemon.setDaemon(true);
            daemon.start();
            ForkJoinPool.commonPool().execute(JobTasks::waitForever);
        }
    }

    /** A thread tells what it measures when the task has returned. */
    @ConfigType("job.tells-late")
    record TellsLate() implements SelfTask<TellsLate> {
        @Override
        public void execute(TaskContext context) throws Exception {
            CountDownLatch first = new CountDownLatch(1);
            Thread thread = new Thread("late") {
                @Override
                public void run() {
                    for (int i = 1; true; i++) {
                        context.metric("count", i);
                        context.progress(0.5, "step " + i);
                        first.countDown();
                    }
                }
            };
            thread.start();
            first.await();
        }
    }

    /** Makes its paths, or does not. */
    @ConfigType("job.makes")
    record Makes(
            boolean file,
            boolean folder,
            @GeneratedPath("out/file.txt") Path made,
            @GeneratedPath("folder") Path logs,
            @GeneratedPath("link") Path link,
            @GeneratedPath("") Path all,

            @GeneratedPath(value = "rare.txt", optional = true)
            Path rare)
            implements SelfTask<Makes> {
        @Override
        public void execute(TaskContext context) throws Exception {
            if (file) {
                Files.createDirectories(made.getParent());
                Files.createFile(made);
                Files.createSymbolicLink(link, made);
            } else {
                Files.createSymbolicLink(link, all.resolve("nothing"));
            }
            if (folder) {
                Files.createDirectory(logs);
            }
        }
    }

    @ConfigType("job.interrupted")
    record Interrupted() implements SelfTask<Interrupted> {
        @Override
        public void execute(TaskContext context) throws Exception {
            context.metric("first", 1);
            Thread.currentThread().interrupt();
            context.metric("second", 2);
            context.progress(0.5);
            Optional<Duration> left = context.remainingTime();
            System.out.println("still interrupted: " + Thread.currentThread().isInterrupted());
            System.out.println("time left: " + left.isPresent());
            Thread other = new Thread(() -> context.metric("third", 3));
            other.start();
            while (other.isAlive()) {
                Thread.onSpinWait();
            }
            context.metric("fourth", 4);
        }
    }

    /** Returns when its process is asked to end; a library's shutdown hook runs until the task's thread has nothing to do. */
    @ConfigType("job.has-hook")
    record HasHook() implements SelfTask<HasHook> {
        @Override
        public void execute(TaskContext context) throws Exception {
            CountDownLatch hookRuns = new CountDownLatch(1);
            Thread task = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread("hook of a library") {
                @Override
                public void run() {
                    hookRuns.countDown();
                    task.interrupt(); // nobody else does that where the rank is not 0
                    while (!isIn(task, "exit")) {
                        Thread.onSpinWait();
                    }
                }
            });
            Files.createFile(context.folder().resolve(READY));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                hookRuns.await();
            }
        }

        private static boolean isIn(Thread thread, String method) {
            return Arrays.stream(thread.getStackTrace())
                    .anyMatch(frame -> frame.getMethodName().equals(method));
        }
    }

    /** Waits for a child process, and fails if that fails: by an exception, or by ending its own process. */
    @ConfigType("job.waits-for-child")
    record WaitsForChild(boolean exits) implements SelfTask<WaitsForChild> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Process child = new ProcessBuilder("sleep", "600").start();
            Files.writeString(context.folder().resolve("child"), Long.toString(child.pid()));
            Files.createFile(context.folder().resolve(READY));
            int code = child.onExit().get().exitValue();
            if (exits) {
                System.exit(code);
            }
            throw new IOException("the child has ended with " + code);
        }
    }

    /** Handles SIGTERM itself, and returns or throws then. */
    @ConfigType("job.handles-signal")
    record HandlesSignal(boolean returns) implements SelfTask<HandlesSignal> {
        @Override
        public void execute(TaskContext context) throws Exception {
            CountDownLatch asked = new CountDownLatch(1);
            // By reflection, because the compiler warns of each use of these names.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object counts = Proxy.newProxyInstance(
                    handler.getClassLoader(), new Class<?>[] {handler}, (self, called, arguments) -> {
                        asked.countDown();
                        return null;
                    });
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("TERM"), counts);
            Files.createFile(context.folder().resolve(READY));
            asked.await();
            if (!returns) {
                throw new IOException("stopped early");
            }
        }
    }

    @ConfigType("job.fills-direct")
    record FillsDirect() implements SelfTask<FillsDirect> {
        @Override
        public void execute(TaskContext context) {
            System.out.println(ByteBuffer.allocateDirect(64 << 20));
        }
    }

    /** Works without waiting for anything, until it is asked to end. */
    @ConfigType("job.works-on")
    record WorksOn() implements SelfTask<WorksOn> {
        @Override
        public void execute(TaskContext context) throws IOException {
            System.out.println("cancelled: " + context.isCancelled());
            Files.createFile(context.folder().resolve(READY));
            try {
                while (true) {
                    context.throwIfCancelled();
                    Thread.onSpinWait();
                }
            } finally {
                Files.writeString(context.folder().resolve("saved"), "cancelled: " + context.isCancelled());
            }
        }
    }

    /** Waits until it is interrupted, and what it does then. */
    @ConfigType("job.waits")
    record Waits(Reaction reaction) implements SelfTask<Waits> {
        enum Reaction {
            CLEANS_UP,
            RETURNS,
            GOES_ON
        }

        @Override
        public void execute(TaskContext context) throws Exception {
            Files.createFile(context.folder().resolve(READY));
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException asked) {
                if (!context.isCancelled()) {
                    throw new IllegalStateException("interrupted, and not cancelled");
                }
                if (reaction == Reaction.CLEANS_UP) {
                    Files.createFile(context.folder().resolve("cleaned"));
                    throw asked;
                }
                if (reaction == Reaction.GOES_ON) {
                    waitForever();
                }
            }
        }
    }

    @ConfigType("job.prints")
    record Prints(int megabytes) implements SelfTask<Prints> {
        @Override
        public void execute(TaskContext context) {
            char[] million = new char[1_000_000];
            Arrays.fill(million, 'x');
            for (int i = 0; i < megabytes; i++) {
                System.out.print(million);
            }
        }
    }

    /** Says when its constructor runs, which refuses the number in some processes. */
    @ConfigType("job.constructed")
    record Constructed(int number) implements SelfTask<Constructed> {
        static final String REFUSES = "job.refuses";

        Constructed {
            System.out.println("constructed");
            if (System.getProperty(REFUSES) != null) {
                throw new IllegalArgumentException("number is refused here");
            }
        }

        @Override
        public void execute(TaskContext context) {}
    }

    @ConfigType("job.no-task")
    record NoTask(int number) implements Configurable {}

    private static void waitForever() {
        while (true) {
            try {
                new CountDownLatch(1).await();
            } catch (InterruptedException ignored) {
                System.err.println("interrupted, and going on");
            }
        }
    }

    static <T> Config<T> config(Class<T> type, Object... namesAndValues) {
        var builder = Config.builder(type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }
}
