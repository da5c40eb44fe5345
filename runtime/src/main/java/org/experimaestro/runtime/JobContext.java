package org.experimaestro.runtime;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.experimaestro.Configurable;
import org.experimaestro.Program;
import org.experimaestro.RandomStream;
import org.experimaestro.base.file.NewFile;
import org.experimaestro.core.json.Json;
import org.experimaestro.core.json.TimeText;
import org.experimaestro.runtime.program.ProgramRun;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.MetricValues;
import org.experimaestro.workspace.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * The task's access to its job: its folder, its metrics and progress, its remaining time. Events are appended to one
 * file, each with one write. Thread-safe.
 */
final class JobContext implements IdentifyingContext {
    private static final double STEP = 0.01;
    private static final long ASK_AGAIN_MILLIS = 60_000;
    private static final long ASK_LIMIT_MILLIS = 20_000;

    private final JobFolder folder;
    private final int attempt;
    private final TaskIdentities identities = new TaskIdentities();
    private final double[] fractions = new double[DEEPEST_LEVEL + 1];
    private final String[] descriptions = new String[DEEPEST_LEVEL + 1];
    private final JobAnnouncements announcements;
    private final MetricValues metrics = new MetricValues();
    private @Nullable MetricValues units;
    private @Nullable OutputStream events;
    private boolean closed;
    private volatile boolean cancelled;
    private long endAsked;
    private @Nullable Long end;

    JobContext(JobFolder folder, int attempt) {
        this.folder = folder;
        this.attempt = attempt;
        this.announcements = new JobAnnouncements(folder, attempt, identities);
        forget(0);
    }

    @Override
    public synchronized void progress(int level, double fraction, String description) {
        if (level < 0 || level > DEEPEST_LEVEL) {
            throw new IllegalArgumentException(
                    "The level of progress is from 0 to " + DEEPEST_LEVEL + ", not " + level);
        }
        if (Double.isNaN(fraction)) {
            throw new IllegalArgumentException("Progress is a number from 0 to 1, not NaN");
        }
        double bounded = Math.max(0, Math.min(1, fraction));
        boolean ends = bounded == 1 && fractions[level] != 1;
        if (Math.abs(bounded - fractions[level]) < STEP && !ends && description.equals(descriptions[level])) {
            return;
        }
        forget(level + 1);
        fractions[level] = bounded;
        descriptions[level] = description;
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", TimeText.now());
        event.put("level", level);
        event.put("progress", bounded);
        event.put("description", description);
        append(event);
    }

    private void forget(int from) {
        for (int level = from; level <= DEEPEST_LEVEL; level++) {
            fractions[level] = -1;
            descriptions[level] = "";
        }
    }

    @Override
    public void metric(String name, double value) {
        store(name, value, null, null);
    }

    @Override
    public void metric(String name, double value, long step) {
        if (step < 0) {
            throw new IllegalArgumentException("The step of a metric is at least 0, not " + step);
        }
        store(name, value, null, step);
    }

    @Override
    public void metric(String name, String unit, double value) {
        if (unit.isEmpty()) {
            throw new IllegalArgumentException("A unit of the metric " + name + " needs a name");
        }
        store(name, value, unit, null);
    }

    private synchronized void store(String name, double value, @Nullable String unit, @Nullable Long step) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("A metric needs a name");
        }
        if (closed) {
            return; // because append writes nothing either: the marker and the events have the same metrics
        }
        if (unit == null) {
            metrics.put(name, value);
        } else {
            count(name, unit, value);
        }
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("time", TimeText.now());
        event.put("metric", name);
        if (unit != null) {
            event.put(Metrics.UNIT, unit);
        }
        event.put("value", Metrics.toJson(value));
        if (step != null) {
            event.put("step", step);
        }
        append(event);
    }

    /** Counts a value of a unit. The marker does not have it, but its reader has the same limit as for metrics. */
    private void count(String name, String unit, double value) {
        MetricValues known = units;
        if (known == null) {
            known = new MetricValues();
            units = known;
        }
        known.put(name + '\n' + unit, value);
    }

    @Override
    public synchronized Optional<Duration> remainingTime() {
        long now = System.currentTimeMillis();
        if (endAsked == 0 || now - endAsked > ASK_AGAIN_MILLIS) {
            endAsked = now;
            // A thread that was interrupted before this call gets the answer all the same, and stays interrupted.
            boolean interrupted = Thread.interrupted();
            try {
                Long told = LauncherQuery.endMillis(ASK_LIMIT_MILLIS);
                end = told == null ? end : told;
            } catch (InterruptedException stopped) {
                interrupted = true;
                endAsked = 0;
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
        return end == null ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(0, end - now)));
    }

    @Override
    public void onLimitNear(Duration margin, Runnable action) {
        LimitWatch.start(this, margin, action);
    }

    @Override
    public TaskIdentities identities() {
        return identities;
    }

    @Override
    public Path cached(Configurable configuration, String name, FolderFiller filler) throws Exception {
        return identities.computed(configuration, name).fill(folder, filler, System.err::println);
    }

    @Override
    public synchronized void announce(String name, Configurable output) {
        if (!closed) { // else this is a thread that the task left behind, or another rank than 0
            announcements.add(name, output);
        }
    }

    @Override
    public RandomStream random(String purpose) {
        return RandomStream.of(folder.id(), purpose);
    }

    @Override
    public int attempt() {
        return attempt;
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    /** Records that the process was asked to end (SIGTERM), so that {@link #isCancelled} returns true. */
    void cancel() {
        cancelled = true;
    }

    @Override
    public Path folder() {
        return folder.path();
    }

    @Override
    public System.Logger logger() {
        return System.getLogger(folder.typeId());
    }

    @Override
    public void run(Program program) throws IOException, InterruptedException {
        Path measurements = isClosed() ? null : folder.programMeasurements(attempt);
        ProgramRun.run(this, program, folder.programParameters(attempt), measurements, folder.standardError(attempt));
    }

    private synchronized boolean isClosed() {
        return closed;
    }

    synchronized Map<String, Double> metrics() {
        return new LinkedHashMap<>(metrics.view());
    }

    private void append(Map<String, Object> event) {
        if (closed) {
            return; // this is a thread that the task left behind, or another rank than 0
        }
        try {
            if (events == null) {
                // A stream, not a channel: an interrupted thread that writes to a channel closes it for all threads.
                events = NewFile.open(folder.events(attempt));
            }
            events.write((Json.writeLine(event) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException failed) {
            throw new UncheckedIOException(
                    "Cannot write the job's events to " + folder.events(attempt) + ": " + Failures.reason(failed),
                    failed);
        }
    }

    synchronized void close() {
        closed = true;
        if (events != null) {
            try {
                events.close();
            } catch (IOException failed) {
                System.err.println("Cannot close the job's events: " + failed);
            }
        }
    }
}
