package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.log.ProgressReader;

/** The text of a run's live line: the counts, then the progress of the first running jobs. */
final class LiveText {
    /** The number of jobs that usually fit into a line. */
    private static final int SHOWN = 4;

    private LiveText() {}

    static String of(RunCounts counts) {
        List<String> parts = new ArrayList<>(List.of(counts.line()));
        counts.running().stream().limit(SHOWN).map(LiveText::of).forEach(parts::add);
        return String.join(" · ", parts);
    }

    private static String of(SubmittedTask task) {
        return RunConsole.name(task) + progress(task);
    }

    private static String progress(SubmittedTask task) {
        OptionalInt attempt = task.folder().status().lastAttempt();
        if (attempt.isEmpty()) {
            return "";
        }
        try {
            List<Progress> levels = ProgressReader.read(task.folder().events(attempt.getAsInt()));
            if (levels.isEmpty()) {
                return "";
            }
            String description = levels.getLast().description();
            return String.format(
                            Locale.ROOT,
                            "  %d %%",
                            Math.round(Math.floor(100 * levels.getFirst().fraction())))
                    + (description.isEmpty() ? "" : " " + description);
        } catch (WorkspaceException unreadable) {
            return "  (progress cannot be read)";
        }
    }
}
