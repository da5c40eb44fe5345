package org.experimaestro.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.JobCount;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;
import org.experimaestro.workspace.Workspace;

/**
 * A look at a run again and again, by its files only, so that it does not matter which process looks. A look costs what
 * is new in the journal; a look for signs of progress costs what runs. Confined to one thread.
 */
final class RunWatch {
    static final String DONE = "DONE";
    static final String FAILED = "FAILED";
    static final String SKIPPED = "SKIPPED";
    private static final String RUNNING = "RUNNING";
    private static final String UNKNOWN = "unknown";
    private static final int LONGEST_MESSAGE = 200;

    private final RunFolder run;
    private final Workspace workspace;
    private final Map<String, String> phases = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    /** The jobs that run, with the number of the attempt if it is known. */
    private final Map<String, OptionalInt> running = new LinkedHashMap<>();

    private final Set<String> failing = new HashSet<>();

    private final List<RunPicture.Failure> failures = new ArrayList<>();
    private Instant lastEvent = Instant.EPOCH;
    private long end;

    /** The number of events behind {@link #end} that were read before a fault of the journal. */
    private int readAhead;

    RunWatch(RunFolder run) {
        this.run = run;
        this.workspace = Workspace.view(run.path().resolve("../../../..").normalize());
    }

    RunFolder run() {
        return run;
    }

    Workspace workspace() {
        return workspace;
    }

    /** Returns whether the run's folder is there: it may have been cleaned. */
    boolean isThere() {
        return Files.isDirectory(run.path());
    }

    /**
     * Looks at the run. A journal that cannot be read is passed over: its news are missing in the picture.
     *
     * @param problems receives the reason if the journal cannot be read
     * @throws WorkspaceException if the description cannot be read
     */
    RunPicture look(Consumer<String> problems) {
        // The description first: a run that has ended has written its whole journal before.
        Optional<JsonObject> description = run.description();
        RunState state = description.map(RunWatch::state).orElse(RunState.UNKNOWN);
        if (state == RunState.DIED) {
            // The process may have written its end after the description was read, and ended then.
            description = run.description();
            state = description.map(RunWatch::state).orElse(RunState.UNKNOWN);
        }
        try {
            readJournal();
        } catch (WorkspaceException damaged) {
            problems.accept(String.valueOf(damaged.getMessage()));
        }
        boolean hasEnded = state == RunState.ENDED;
        return new RunPicture(
                outcome(state, description),
                hasEnded || state == RunState.DIED,
                time(description, "started"),
                time(description, "ended"),
                description.map(RunWatch::host).orElse(""),
                hasEnded ? description.map(RunWatch::counts).orElse(Map.of()) : Map.of(),
                Map.copyOf(counts),
                Set.copyOf(running.keySet()),
                Set.copyOf(failing),
                List.copyOf(failures),
                lastEvent);
    }

    private static String outcome(RunState state, Optional<JsonObject> description) {
        return switch (state) {
            case ENDED ->
                description
                        .flatMap(json -> json.optionalString("outcome"))
                        .orElse("ended")
                        .toLowerCase(Locale.ROOT);
            case DIED -> RunPicture.DIED;
            case RUNNING, UNKNOWN -> "running";
        };
    }

    private static Optional<Instant> time(Optional<JsonObject> description, String member) {
        try {
            return description.filter(json -> json.has(member)).map(json -> json.time(member));
        } catch (JsonException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Finds the last sign of progress: a change in the journal, or what a running job has printed or reported.
     *
     * @return the time; empty if a running job has no files here, as on a host whose files are copied later: then nobody
     *     knows
     */
    Optional<Instant> lastSign() {
        Instant last = lastEvent;
        for (Map.Entry<String, OptionalInt> job : running.entrySet()) {
            Instant ofJob = Instant.EPOCH;
            for (Path file : signs(job.getKey(), job.getValue())) {
                Instant changed = changed(file);
                ofJob = changed.isAfter(ofJob) ? changed : ofJob;
            }
            if (ofJob.equals(Instant.EPOCH)) {
                return Optional.empty();
            }
            last = ofJob.isAfter(last) ? ofJob : last;
        }
        return Optional.of(last);
    }

    /** Returns the tags of jobs, as the run has submitted them last; those that cannot be read are left out. */
    Map<String, Map<String, Object>> tags(Collection<String> jobs) {
        Map<String, Map<String, Object>> tags = new HashMap<>();
        try {
            run.readJobs(job -> {
                if (jobs.contains(job.name())) {
                    tags.put(job.name(), job.tags());
                }
            });
        } catch (WorkspaceException damaged) {
            return tags; // a notification without tags is better than none
        }
        return tags;
    }

    private JobFolder folder(String name) {
        int slash = name.indexOf('/');
        return workspace.job(name.substring(0, slash), ConfigId.parse(name.substring(slash + 1)));
    }

    private List<Path> signs(String name, OptionalInt known) {
        JobFolder job = folder(name);
        int attempt = known.orElseGet(() -> job.status().lastAttempt().orElse(0));
        return attempt == 0
                ? List.of()
                : List.of(job.events(attempt), job.standardOutput(attempt), job.standardError(attempt));
    }

    private static Instant changed(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException none) {
            return Instant.EPOCH; // the job has not printed or reported anything
        }
    }

    private void readJournal() {
        int[] read = {0};
        try {
            end = run.readEvents(end, event -> {
                if (read[0]++ >= readAhead) {
                    add(event);
                }
            });
            readAhead = 0;
        } catch (WorkspaceException damaged) {
            readAhead = Math.max(readAhead, read[0]);
            throw damaged;
        }
    }

    private void add(RunEvent event) {
        String before = phases.put(event.job(), event.phase());
        if (before != null) {
            counts.merge(before, -1, Integer::sum);
        }
        counts.merge(event.phase(), 1, Integer::sum);
        lastEvent = event.time().isAfter(lastEvent) ? event.time() : lastEvent;
        // A job that still waits at its launcher does not run yet.
        if (event.phase().equals(RUNNING) && event.waitsFor().isEmpty()) {
            running.merge(event.job(), event.attempt(), (old, now) -> now.isPresent() ? now : old);
        } else {
            running.remove(event.job());
        }
        // The run gives up a job that it cannot follow any longer; the job itself goes on.
        if (event.phase().equals(FAILED) && !folder(event.job()).status().isActive()) {
            failures.add(new RunPicture.Failure(event.job(), firstLine(event.message())));
            failing.add(event.job());
        } else {
            failing.remove(event.job());
        }
    }

    private static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
                .map(line -> VisibleText.cut(line, LONGEST_MESSAGE))
                .orElse("");
    }

    private static RunState state(JsonObject description) {
        try {
            return RunState.of(description);
        } catch (JsonException | IllegalArgumentException damaged) {
            return RunState.UNKNOWN;
        }
    }

    private static String host(JsonObject description) {
        try {
            return ProcessIdentity.fromJson(description.object(RunFolder.PROCESS))
                    .host();
        } catch (JsonException | IllegalArgumentException damaged) {
            return UNKNOWN;
        }
    }

    private static Map<JobCount, Integer> counts(JsonObject description) {
        Map<String, Object> members = new HashMap<>();
        for (String key : description.keys()) {
            Object value = description.raw(key);
            if (value != null) {
                members.put(key, value);
            }
        }
        return JobCount.read(members);
    }
}
