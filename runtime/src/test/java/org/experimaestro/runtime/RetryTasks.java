package org.experimaestro.runtime;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.ConfigType;
import org.experimaestro.ContinueException;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Group;
import org.experimaestro.Partial;
import org.experimaestro.Resumable;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Tasks that go on in later attempts, or that take their time to end. */
final class RetryTasks {
    private RetryTasks() {}

    /** Appends a line to a file. Its first attempt fails afterwards. */
    @ConfigType("job.appends")
    record Appends(@GeneratedPath("lines.txt") Path lines) implements SelfTask<Appends> {
        @Override
        public void execute(TaskContext context) throws IOException {
            append(lines, context);
        }
    }

    /** The same, but it goes on from the file of the earlier attempt. */
    @ConfigType("job.appends-on")
    record AppendsOn(@GeneratedPath("lines.txt") Path lines) implements SelfTask<AppendsOn>, Resumable {
        @Override
        public void execute(TaskContext context) throws IOException {
            append(lines, context);
        }
    }

    /** Asks to go on later, after it has written a file or not. */
    @ConfigType("job.continues")
    record Continues(boolean writes) implements SelfTask<Continues>, Resumable {
        @Override
        public void execute(TaskContext context) throws IOException {
            if (writes) {
                Files.writeString(context.folder().resolve("checkpoint"), "attempt " + context.attempt());
            }
            if (context.attempt() == 1) {
                throw new ContinueException("a half is done");
            }
        }
    }

    /** Asks to go on later, after it has written a file into its shared folder only, or none. */
    @ConfigType("job.continues-shared")
    @Partial(value = "states", exclude = "length")
    record ContinuesShared(
            @Group("length") boolean writes,
            @GeneratedPath(value = "", partial = "states") Path states)
            implements SelfTask<ContinuesShared>, Resumable {
        @Override
        public void execute(TaskContext context) throws IOException {
            if (writes) {
                Files.writeString(states.resolve("checkpoint"), "attempt " + context.attempt());
            }
            if (context.attempt() == 1) {
                throw new ContinueException("a half is done");
            }
        }
    }

    /** Asks to go on later, though its files would be moved aside. */
    @ConfigType("job.continues-in-vain")
    record ContinuesInVain() implements SelfTask<ContinuesInVain> {
        @Override
        public void execute(TaskContext context) throws IOException {
            Files.writeString(context.folder().resolve("checkpoint"), "in vain");
            throw new ContinueException("a half is done");
        }
    }

    /** Starts a process that ignores SIGTERM, waits, and takes its time to clean up. */
    @ConfigType("job.starts-stubborn")
    record StartsStubborn(int cleaningSeconds) implements SelfTask<StartsStubborn> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Process child = new ProcessBuilder("sh", "-c", "trap '' TERM; while :; do sleep 1; done").start();
            Files.writeString(context.folder().resolve("child"), Long.toString(child.pid()));
            Files.writeString(context.folder().resolve(JobTasks.READY), "");
            try {
                child.waitFor();
            } catch (InterruptedException asked) {
                Thread.sleep(cleaningSeconds * 1000L);
                Files.writeString(context.folder().resolve("cleaned"), "");
            }
        }
    }

    /** Returns at once or when it is asked to, but a library's shutdown hook takes some seconds more. */
    @ConfigType("job.has-slow-hook")
    record HasSlowHook(int hookSeconds, boolean waits) implements SelfTask<HasSlowHook> {
        @Override
        public void execute(TaskContext context) throws Exception {
            Path ended = context.folder().resolve("ended");
            Runtime.getRuntime().addShutdownHook(new Thread("slow hook of a library") {
                @Override
                public void run() {
                    try {
                        Thread.sleep(hookSeconds * 1000L);
                        Files.createFile(ended);
                    } catch (IOException | InterruptedException failed) {
                        failed.printStackTrace();
                    }
                }
            });
            if (waits) {
                Files.writeString(context.folder().resolve(JobTasks.READY), "");
                new CountDownLatch(1).await();
            }
        }
    }

    /** Waits until it is told that its time is nearly over. */
    @ConfigType("job.awaits-limit")
    record AwaitsLimit(int marginSeconds) implements SelfTask<AwaitsLimit> {
        @Override
        public void execute(TaskContext context) throws InterruptedException {
            CountDownLatch near = new CountDownLatch(1);
            context.onLimitNear(Duration.ofSeconds(marginSeconds), near::countDown);
            near.await();
            context.metric("left", context.remainingTime().orElseThrow().toMillis() / 1000.0);
        }
    }

    private static void append(Path lines, TaskContext context) throws IOException {
        Files.writeString(
                lines,
                "line of attempt " + context.attempt() + "\n",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
        if (context.attempt() == 1) {
            throw new IOException("the first attempt fails");
        }
    }
}
