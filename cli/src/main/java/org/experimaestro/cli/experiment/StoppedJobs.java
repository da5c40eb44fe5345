package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.experimaestro.cli.option.LazyTermination;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.JobStop;
import org.experimaestro.monitor.action.KillAction;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jline.utils.Signals;

/** The end of the jobs that a stopped run has left, where its user wants none to go on. */
final class StoppedJobs {
    /** The longest wait for their ends: the process may be ending. Jobs that clean up longer end by themselves. */
    private static final Duration LIMIT = Duration.ofSeconds(15);
    /** The time in which a second Ctrl-C asks for their ends, in seconds. */
    static final long SECONDS_TO_ASK = 5;
    /** The part of that time in which Ctrl-C counts for nothing: many press it several times in a row from habit. */
    private static final long SECONDS_OF_HABIT = 1;
    /** The name of the thread on which the JVM handles Ctrl-C, which waits for the end of the process. */
    private static final String CTRL_C_THREAD = "SIGINT handler";

    private StoppedJobs() {}

    /** Returns the jobs that go on after a run, and that it has started itself. */
    static List<JobFolder> own(RunAccount account) {
        return left(account, true);
    }

    /** Returns the jobs that go on, and that another run has started, which may still wait for them. */
    static List<JobFolder> ofOthers(RunAccount account) {
        return left(account, false);
    }

    private static List<JobFolder> left(RunAccount account, boolean isOwn) {
        return account.jobs().stream()
                .filter(job -> job.count() == JobCount.LEFT && job.isOwn() == isOwn)
                .map(job -> job.task().folder())
                .toList();
    }

    /** Returns whether the process ends because somebody has pressed Ctrl-C. */
    static boolean isByCtrlC() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(CTRL_C_THREAD));
    }

    /**
     * Waits for another Ctrl-C, and returns whether it has come in time, and not at once.
     *
     * @param question tells the user, when the signal is handled
     */
    static boolean isAskedAgain(Runnable question) {
        CountDownLatch again = new CountDownLatch(1);
        Object before = Signals.register("INT", () -> {});
        try {
            question.run();
            TimeUnit.SECONDS.sleep(SECONDS_OF_HABIT);
            Signals.register("INT", again::countDown);
            return again.await(SECONDS_TO_ASK - SECONDS_OF_HABIT, TimeUnit.SECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            if (before != null) {
                Signals.unregister("INT", before);
            }
        }
    }

    /**
     * Asks jobs to end, as {@code jobs kill} does, and waits for their ends.
     *
     * @param workspace the workspace of the jobs
     * @param jobs the jobs
     * @param told receives each job with the result in words
     */
    static void end(Path workspace, List<JobFolder> jobs, BiConsumer<JobFolder, String> told) {
        try (LazyTermination batches = new LazyTermination(Workspace.view(workspace))) {
            KillAction kill = new KillAction(JobStop.Signal.TERM, LIMIT, batches);
            kill.perform(kill.plan(jobs), result -> told.accept(result.job(), words(result)));
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static String words(ActionResult result) {
        return switch (result) {
            case ActionResult.Performed _ -> "has ended";
            case ActionResult.Unfinished _ -> "was asked to end, and still cleans up";
            case ActionResult.Refused refused -> "goes on: " + refused.reason().getMessage();
        };
    }
}
