package org.experimaestro.runtime;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.TimeZone;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ConfigType;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks of workers, whose classes are new for each of them. */
final class WorkerTasks {
    private WorkerTasks() {}

    /** Counts its executions in static state, and how many loaders of such tasks are still there. */
    @ConfigType("worker.counts")
    record Counts(int number) implements SelfTask<Counts> {
        private static int count;

        @Override
        public void execute(TaskContext context) {
            count++;
            context.metric("count", count);
            context.metric("loaders", SharedState.loaders(Counts.class.getClassLoader()));
            System.out.println("task " + number);
            System.err.println("error " + number);
        }
    }

    /** Changes all that a worker resets. */
    @ConfigType("worker.changes")
    record Changes() implements SelfTask<Changes> {
        @Override
        public void execute(TaskContext context) {
            System.setProperty("worker.changed", "yes");
            System.clearProperty("java.io.tmpdir");
            Locale.setDefault(Locale.JAPAN);
            TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
            Thread.setDefaultUncaughtExceptionHandler((thread, thrown) -> {});
            Thread.currentThread().setName("changed");
            Thread.currentThread().interrupt();
        }
    }

    /** Prints the state that {@link Changes} changes, and of its thread. */
    @ConfigType("worker.shows")
    record Shows(int number) implements SelfTask<Shows> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Thread self = Thread.currentThread();
            System.out.println(System.getProperty("worker.changed")
                    + " " + (System.getProperty("java.io.tmpdir") != null)
                    + " " + Locale.getDefault()
                    + " " + Locale.getDefault(Locale.Category.FORMAT)
                    + " " + TimeZone.getDefault().getID()
                    + " " + Thread.getDefaultUncaughtExceptionHandler()
                    + " " + self.getName()
                    + " " + self.getThreadGroup().getName()
                    + " " + self.isInterrupted()
                    + " " + Shows.class.getClassLoader().equals(self.getContextClassLoader())
                    + " " + System.in.read());
        }
    }

    /** Replaces the standard output. */
    @ConfigType("worker.replaces")
    record Replaces() implements SelfTask<Replaces> {
        @Override
        public void execute(TaskContext context) throws IOException {
            System.setOut(new PrintStream(Files.newOutputStream(context.folder().resolve("own.txt")), true));
            System.out.println("elsewhere");
        }
    }

    /** Leaves a thread that seems to be the JDK's, which prints when the next task has begun. */
    @ConfigType("worker.prints-late")
    record PrintsLate() implements SelfTask<PrintsLate> {
        @Override
        public void execute(TaskContext context) throws Exception {
            CountDownLatch first = new CountDownLatch(1);
            Path begun = context.folder().resolve("begun");
            Runnable prints = () -> {
                System.out.println("in time");
                first.countDown();
                while (!Files.exists(begun)) {
                    Thread.onSpinWait();
                }
                System.out.println("too late");
                try {
                    Files.createFile(context.folder().resolve("printed"));
                } catch (IOException failed) {
                    failed.printStackTrace();
                }
            };
            ThreadGroup ofJdk = Thread.currentThread().getThreadGroup().getParent();
            Thread late = new Thread(ofJdk, prints, "late");
            late.setDaemon(true);
            late.start();
            first.await();
        }
    }

    /** Lets the thread of {@link PrintsLate} print, and waits until it has. */
    @ConfigType("worker.awaits-print")
    record AwaitsPrint(String folder) implements SelfTask<AwaitsPrint> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Files.createFile(Path.of(folder, "begun"));
            while (!Files.exists(Path.of(folder, "printed"))) {
                Thread.onSpinWait();
            }
            System.out.println("own");
        }
    }

    /** Loads a library of the system by code of its own. */
    @ConfigType("worker.loads")
    record Loads(String library) implements SelfTask<Loads> {
        @Override
        public void execute(TaskContext context) {
            System.load(library);
        }
    }

    /** Waits for a file that the test makes. */
    @ConfigType("worker.waits-for")
    record WaitsFor(String file) implements SelfTask<WaitsFor> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Files.createFile(context.folder().resolve(JobTasks.READY));
            while (!Files.exists(Path.of(file))) {
                Thread.onSpinWait();
            }
        }
    }

    /** Starts a virtual thread, by reflection, because the module is of release 17. */
    private static Thread startVirtual(Runnable run) throws ReflectiveOperationException {
        return (Thread)
                Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, run);
    }

    private static void sleepLong() {
        try {
            TimeUnit.DAYS.sleep(1);
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }

    /** Uses virtual threads, and leaves one if it is asked to. */
    @ConfigType("worker.virtual")
    record Virtual(boolean leaves) implements SelfTask<Virtual> {
        @Override
        public void execute(TaskContext context) throws Exception {
            startVirtual(() -> System.out.println("virtual")).join();
            if (leaves) {
                startVirtual(() -> {
                    Thread.currentThread().setName("left alone");
                    sleepLong();
                });
            }
        }
    }

    /** Leaves a daemon thread. */
    @ConfigType("worker.leaves-daemon")
    record LeavesDaemon() implements SelfTask<LeavesDaemon> {
        @Override
        public void execute(TaskContext context) {
            Thread thread = new Thread(WorkerTasks::sleepLong, "a daemon");
            thread.setDaemon(true);
            thread.start();
        }
    }

    /** Leaves work for the next day in the common pool, if it is asked to, else only uses the pool. */
    @ConfigType("worker.delays")
    record Delays(boolean leaves) implements SelfTask<Delays> {
        @Override
        public void execute(TaskContext context) throws Exception {
            CompletableFuture.runAsync(() -> System.out.println("pool")).get();
            if (leaves) {
                CompletableFuture.delayedExecutor(1, TimeUnit.DAYS).execute(() -> {});
            }
        }
    }

    /** Adds a shutdown hook. */
    @ConfigType("worker.adds-hook")
    record AddsHook() implements SelfTask<AddsHook> {
        @Override
        public void execute(TaskContext context) {
            Path file = context.folder().resolve("hooked");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                try {
                    Files.createFile(file);
                } catch (IOException failed) {
                    failed.printStackTrace();
                }
            }));
        }
    }

    /** Makes the end of the worker wait for a file, by the code of a library. */
    @ConfigType("worker.ends-after")
    record EndsAfter(String file) implements SelfTask<EndsAfter> {
        @Override
        public void execute(TaskContext context) {
            SharedState.endAfter(Path.of(file));
        }
    }

    /** Leaves memory in a library. */
    @ConfigType("worker.keeps")
    record Keeps(int bytes) implements SelfTask<Keeps> {
        @Override
        public void execute(TaskContext context) {
            SharedState.keep(new byte[bytes]);
        }
    }

    /** Uses a class of a library, which cannot be initialized if this task is asked to break it. */
    @ConfigType("worker.breaks")
    record Breaks(boolean breaks) implements SelfTask<Breaks> {
        @Override
        public void execute(TaskContext context) {
            if (breaks) {
                System.setProperty(SharedState.Fragile.BREAKS, "yes");
            }
            SharedState.Fragile.use();
        }
    }

    /** Opens a library of the system by the interface for foreign functions, for as long as the process lives. */
    @ConfigType("worker.looks-up")
    record LooksUp(String library) implements SelfTask<LooksUp> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Class<?> arena = Class.forName("java.lang.foreign.Arena");
            Class.forName("java.lang.foreign.SymbolLookup")
                    .getMethod("libraryLookup", Path.class, arena)
                    .invoke(null, Path.of(library), arena.getMethod("global").invoke(null));
        }
    }
}
