package org.experimaestro.monitor.event;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.workspace.RunEvent;
import org.experimaestro.workspace.RunFolder;

/** The journals of runs, each read from the end of its known part. Confined to the holder of the stream's lock. */
final class Journals {
    private final Map<String, Journal> journals = new HashMap<>();
    private final Consumer<String> problems;

    /** The known part of a run's journal, with the last phase of each job. */
    private static final class Journal {
        private final Map<String, String> phases = new HashMap<>();
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
                    events.add(event(run, event, journal));
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

    private static WorkspaceEvent event(RunFolder run, RunEvent event, Journal journal) {
        String phase = event.phase().toLowerCase(Locale.ROOT);
        return new WorkspaceEvent.PhaseChange(
                event.time(),
                run.experiment(),
                run.name(),
                event.job(),
                journal.phases.put(event.job(), phase),
                phase,
                event.attempt(),
                event.message());
    }

    /** Forgets a run that was deleted. */
    void forget(RunFolder run) {
        journals.remove(run.path().toString());
    }
}
