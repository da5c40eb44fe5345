package org.experimaestro.notify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.WorkspaceException;
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

    private final RunFolder run;
    private final Workspace workspace;
    private final Map<String, String> phases = new HashMap<>();
    private final Map<String, Integer> counts = new TreeMap<>();
    /** The jobs that run, with the number of the attempt if it is known. */
    private final Map<String, OptionalInt> running = new LinkedHashMap<>();

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

    /**
     * Looks at the run.
     *
     * @throws WorkspaceException if a file cannot be read
     */
    RunPicture look() {
        // The description first: a run that has ended has written its whole journal before.
        Optional<JsonObject> description = run.description();
        RunState state = description.map(RunWatch::state).orElse(RunState.UNKNOWN);
        readJournal();
        String outcome = switch (state) {
            case ENDED ->
                description
                        .flatMap(json -> json.optionalString("outcome"))
                        .orElse("ended")
                        .toLowerCase(Locale.ROOT);
            case DIED -> "died";
            case RUNNING, UNKNOWN -> "running";
        };
        return new RunPicture(
                outcome,
                state == RunState.ENDED || state == RunState.DIED,
                description.filter(json -> json.has("started")).map(json -> json.time("started")),
                description.map(RunWatch::host).orElse(""),
                state == RunState.ENDED ? description.map(RunWatch::counts).orElse(Map.of()) : Map.of(),
                Map.copyOf(counts),
                Set.copyOf(running.keySet()),
                List.copyOf(failures),
                lastEvent);
    }

    /**
     * Finds the last sign of progress: a change in the journal, or what a running job has printed or reported. Files of
     * jobs on other hosts show it once they are copied here.
     */
    Instant lastSign() {
        Instant last = lastEvent;
        for (Map.Entry<String, OptionalInt> job : running.entrySet()) {
            for (Path file : signs(job.getKey(), job.getValue())) {
                Instant changed = changed(file);
                last = changed.isAfter(last) ? changed : last;
            }
        }
        return last;
    }

    /** Returns the tags of jobs, as the run has submitted them last. */
    Map<String, Map<String, Object>> tags(Collection<String> jobs) {
        Map<String, Map<String, Object>> tags = new HashMap<>();
        run.readJobs(job -> {
            if (jobs.contains(job.name())) {
                tags.put(job.name(), job.tags());
            }
        });
        return tags;
    }

    private List<Path> signs(String name, OptionalInt known) {
        int slash = name.indexOf('/');
        JobFolder job = workspace.job(name.substring(0, slash), ConfigId.parse(name.substring(slash + 1)));
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
        if (event.phase().equals(FAILED)) {
            failures.add(new RunPicture.Failure(event.job(), firstLine(event.message())));
        }
    }

    private static String firstLine(String message) {
        return message.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .findFirst()
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
