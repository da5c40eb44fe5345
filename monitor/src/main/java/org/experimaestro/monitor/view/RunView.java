package org.experimaestro.monitor.view;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.experimaestro.core.json.JsonException;
import org.experimaestro.core.json.JsonObject;
import org.experimaestro.workspace.Note;
import org.experimaestro.workspace.Notes;
import org.experimaestro.workspace.ProcessIdentity;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.RunState;

/**
 * A run of an experiment, according to its files. Immutable.
 *
 * @param folder the run's folder, which knows the names of the run and of the experiment
 * @param description the members of the run's description; empty if there is none, or if it cannot be read
 * @param submissions the submitted jobs, in the order of submission
 */
public record RunView(RunFolder folder, Map<String, Object> description, List<RunSubmission> submissions) {
    private static final String OUTCOME = "outcome";

    /**
     * Returns the run's outcome.
     *
     * @return the word in the run's description; empty while the run goes on, and if its process ended without
     *     writing it
     */
    public Optional<String> outcome() {
        return Optional.ofNullable(description.get(OUTCOME)).map(String::valueOf);
    }

    /**
     * Returns what the experiment's file says about the experiment.
     *
     * @param key {@code title} or {@code description}
     * @return the text; empty if the file has no such key, or there was no file
     */
    public Optional<String> text(String key) {
        return description.get("settings") instanceof Map<?, ?> settings
                ? Optional.ofNullable(settings.get(key)).map(String::valueOf)
                : Optional.empty();
    }

    /**
     * Returns the run's state. Looks whether its process is alive.
     *
     * @return the state now; unknown if the description cannot be read
     */
    public RunState state() {
        try {
            return RunState.of(described());
        } catch (JsonException | IllegalArgumentException damaged) {
            return RunState.UNKNOWN;
        }
    }

    /**
     * Returns the run's process.
     *
     * @return the plan's process; empty if the description does not have it, or cannot be read
     */
    public Optional<ProcessIdentity> process() {
        try {
            return described().has(RunFolder.PROCESS)
                    ? Optional.of(ProcessIdentity.fromJson(described().object(RunFolder.PROCESS)))
                    : Optional.empty();
        } catch (JsonException | IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }

    /**
     * Reads the notes on the run, and its tags.
     *
     * @return the notes and tags, the oldest first; the last value of a tag counts
     */
    public List<Note> notes() {
        return Notes.of(folder).list();
    }

    /**
     * Returns the start of the run.
     *
     * @return empty if the description does not have it, or cannot be read
     */
    public Optional<Instant> started() {
        return time("started");
    }

    /**
     * Returns the end of the run.
     *
     * @return empty if the run has recorded none, or if the description cannot be read
     */
    public Optional<Instant> ended() {
        return time("ended");
    }

    /**
     * Returns since when the run is paused: it starts no jobs until somebody resumes it.
     *
     * @return the time; empty if it is not paused, or is over
     */
    public Optional<Instant> pausedSince() {
        Optional<Instant> since = time(RunFolder.PAUSED);
        return since.isPresent() && state() != RunState.DIED ? since : Optional.empty();
    }

    /**
     * Returns how many jobs the run has at once at most on the machine of its process.
     *
     * @return 1 or more; empty if the description does not have it, or cannot be read
     */
    public OptionalInt jobsHere() {
        try {
            return described().has(RunFolder.JOBS_HERE)
                    ? OptionalInt.of(described().integer(RunFolder.JOBS_HERE, 1, Integer.MAX_VALUE))
                    : OptionalInt.empty();
        } catch (JsonException damaged) {
            return OptionalInt.empty();
        }
    }

    /**
     * Returns the state of the run in a word.
     *
     * @return the outcome of a run that has ended; otherwise {@code paused}, or the state; in lower case
     */
    public String word() {
        return outcome()
                .orElseGet(() -> pausedSince().isPresent() ? "paused" : state().name())
                .toLowerCase(Locale.ROOT);
    }

    private Optional<Instant> time(String member) {
        try {
            return described().has(member) ? Optional.of(described().time(member)) : Optional.empty();
        } catch (JsonException damaged) {
            return Optional.empty();
        }
    }

    private JsonObject described() {
        return JsonObject.of(description, folder.descriptionFile().toString());
    }
}
