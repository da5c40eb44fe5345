package org.experimaestro.monitor.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;

/** The journals of runs, each read from the end of its known part. Confined to the holder of the stream's lock. */
final class Journals {
    private final Map<String, Journal> journals = new HashMap<>();
    private final Consumer<String> problems;

    /** The last phase of a job, with the number of its last known attempt. */
    private record Turn(String phase, OptionalInt attempt) {}

    /** The known part of a run's journal, with the last turn of each job. */
    private static final class Journal {
        private final Map<String, Turn> turns = new HashMap<>();
        private long end;

        /** The number of events that were read after {@link #end}, up to a fault. */
        private int told;

        private String problem = "";
    }

    /** Creates a reader of no journals; {@code problems} receives a sentence if a journal cannot be read. */
    Journals(Consumer<String> problems) {
        this.problems = problems;
    }

    /** Reads the events since the last call, in their order. A journal with a fault is read up to the fault. */
    List<WorkspaceEvent> read(RunFolder run) {
        List<WorkspaceEvent> events = new ArrayList<>();
        Journal journal = journals.computeIfAbsent(run.path().toString(), path -> new Journal());
        int[] count = {0};
        try {
            journal.end = run.readEvents(journal.end, event -> {
                if (count[0]++ >= journal.told) {
                    change(run, event, journal).ifPresent(events::add);
                }
            });
            journal.told = 0;
            journal.problem = "";
        } catch (WorkspaceException corrupt) {
            journal.told = Math.max(count[0], journal.told);
            String problem = String.valueOf(corrupt.getMessage());
            if (!problem.equals(journal.problem)) {
                problems.accept(problem);
            }
            journal.problem = problem;
        }
        return events;
    }

    /** Returns the change that a line tells; empty if it only says for what the job waits at its launcher. */
    private static Optional<WorkspaceEvent> change(RunFolder run, RunEvent event, Journal journal) {
        String phase = event.phase().toLowerCase(Locale.ROOT);
        Turn before = journal.turns.get(event.job());
        OptionalInt known = before == null ? OptionalInt.empty() : before.attempt();
        OptionalInt attempt = event.attempt().isPresent() ? event.attempt() : known;
        journal.turns.put(event.job(), new Turn(phase, attempt));
        boolean isSame = before != null && before.phase().equals(phase) && attempt.equals(known);
        return isSame && event.message().isEmpty()
                ? Optional.empty()
                : Optional.of(new WorkspaceEvent.PhaseChange(
                        event.time(),
                        run.experiment(),
                        run.name(),
                        event.job(),
                        before == null ? null : before.phase(),
                        phase,
                        event.attempt(),
                        event.message()));
    }

    /** Forgets a run that was deleted. */
    void forget(RunFolder run) {
        journals.remove(run.path().toString());
    }
}
