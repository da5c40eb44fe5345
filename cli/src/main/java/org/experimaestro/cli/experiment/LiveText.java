package org.experimaestro.cli.experiment;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.experimaestro.WorkspaceException;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.monitor.log.Progress;
import org.experimaestro.monitor.log.ProgressReader;

/** The text about the progress of a run: the counts, then the progress of the first running jobs. */
final class LiveText {
    /** The number of jobs that are shown in a wide line. */
    private static final int SHOWN = 4;
    /** The least width, in columns, that is of use for a job. */
    private static final int LEAST_WIDTH = 20;

    private LiveText() {}

    /**
     * Returns the text. What does not fit is left out from the end, and only the text of a job is cut.
     *
     * @param width the width in columns
     */
    static String of(RunCounts counts, int width) {
        StringBuilder line = new StringBuilder();
        for (String words : counts.words()) {
            String part = line.isEmpty() ? words : ", " + words;
            if (line.length() + part.length() > width && !line.isEmpty()) {
                return line.toString();
            }
            line.append(part);
        }
        for (String step : counts.steps().running()) {
            append(line, step, width);
        }
        for (SubmittedTask task : counts.running().stream().limit(SHOWN).toList()) {
            if (width - line.length() < LEAST_WIDTH) {
                break; // the progress of the others is not read
            }
            append(line, of(task), width);
        }
        return line.toString();
    }

    private static void append(StringBuilder line, String text, int width) {
        int room = width - line.length();
        if (room >= LEAST_WIDTH) {
            String part = " · " + text;
            line.append(part.length() > room ? part.substring(0, room - 1) + "…" : part);
        }
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
