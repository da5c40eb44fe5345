package org.experimaestro.cli.experiment;

import java.time.Clock;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.experimaestro.ConfigId;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.engine.SubmittedTask;

/**
 * The lines about starts and progress in a run without a terminal, such as under {@code nohup}. The starts of the first
 * jobs are printed, and a line with the counts at each period. Thread-safe.
 */
final class PlainProgress implements AutoCloseable {
    /** The number of jobs whose starts are printed: all of a small run. */
    static final int STARTS = 20;

    static final Duration PERIOD = Duration.ofMinutes(5);
    private static final int WIDTH = 160;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    private final RunCounts counts;
    private final Printer out;
    private final Clock clock;
    private final Set<ConfigId> announced = new HashSet<>();
    private final Set<ConfigId> started = new HashSet<>();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("experimaestro-progress").factory());
    private boolean isTold;

    /**
     * Creates the lines of a run.
     *
     * @param counts the counts of its jobs
     * @param out the printer
     * @param clock the clock for the time of day
     */
    PlainProgress(RunCounts counts, Printer out, Clock clock) {
        this.counts = counts;
        this.out = out;
        this.clock = clock;
    }

    /** Prints the counts at each period from now on. */
    void begin() {
        var _ = timer.scheduleAtFixedRate(
                this::printCounts, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
    }

    void printCounts() {
        out.line("progress " + time() + "  " + LiveText.of(counts, WIDTH));
    }

    /** Handles a job that is being started. A batch system starts it later, and reports that by {@link #runs}. */
    synchronized void starts(SubmittedTask task) {
        if (isAnnounced(task)) {
            if (isHere(task)) {
                print("starts   ", task, "on");
            } else {
                print("submits  ", task, "to");
            }
        }
    }

    /** Handles a job that no longer waits at its launcher. */
    synchronized void runs(SubmittedTask task) {
        if (!isHere(task) && announced.contains(task.id()) && started.add(task.id())) {
            print("starts   ", task, "on");
        }
    }

    private static boolean isHere(SubmittedTask task) {
        return task.placement() == null || task.placement().launcher().isHere();
    }

    private boolean isAnnounced(SubmittedTask task) {
        if (announced.size() < STARTS || announced.contains(task.id())) {
            announced.add(task.id());
            return true;
        }
        if (!isTold) {
            isTold = true;
            out.line("More jobs start; a line every " + PERIOD.toMinutes() + " min has their numbers");
        }
        return false;
    }

    private void print(String label, SubmittedTask task, String preposition) {
        String place = task.placement() == null ? "" : " " + preposition + " " + task.placement();
        out.line(label + RunConsole.name(task) + " at " + time() + place);
    }

    private String time() {
        return LocalTime.now(clock).format(TIME);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
