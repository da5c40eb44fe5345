package org.experimaestro.cli.workspace;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.folder.FolderRule;
import org.experimaestro.copy.folder.FolderSync;
import org.experimaestro.workspace.JobFolder;

/**
 * A listener of backups and moves that counts, and prints a line for each rule. Confined to one thread at a time, but for
 * warnings.
 */
public final class SyncReport implements FolderSync.Listener {
    private static final int MOST_WARNINGS = 20;

    private final Printer out;
    private final Printer err;
    private final AtomicInteger warnings = new AtomicInteger();
    private final Map<FolderRule, Counts> counts = new HashMap<>();

    private static final class Counts {
        private int copied;
        private int there;
        private int moved;
        private long bytes;
    }

    /**
     * Creates a report.
     *
     * @param out receives the lines
     * @param err receives the warnings
     */
    public SyncReport(Printer out, Printer err) {
        this.out = out;
        this.err = err;
    }

    @Override
    public void copied(FolderRule rule, CopyStep step) {
        Counts count = counts.computeIfAbsent(rule, any -> new Counts());
        boolean isJob = step.part().kind() == CopyPart.Kind.JOB;
        switch (step) {
            case CopyStep.Copied part -> {
                count.copied += isJob ? 1 : 0;
                count.bytes += part.bytes();
            }
            case CopyStep.There _ -> count.there += isJob ? 1 : 0;
            case CopyStep.Refused part -> warning(String.valueOf(part.reason().getMessage()));
        }
    }

    @Override
    public void moved(FolderRule rule, JobFolder job) {
        counts.computeIfAbsent(rule, any -> new Counts()).moved++;
    }

    @Override
    public void warning(String text) {
        if (warnings.incrementAndGet() <= MOST_WARNINGS) {
            err.warning(text);
        }
    }

    /** Returns whether there was no warning. */
    public boolean isComplete() {
        return warnings.get() == 0;
    }

    /** Prints how many warnings were left out, because many jobs have the same one. */
    public void printLeftOut() {
        int left = warnings.get() - MOST_WARNINGS;
        if (left > 0) {
            err.warning(
                    "There were " + left + " more warnings about folders; experimaestro workspaces sync repeats them");
        }
    }

    /**
     * Prints what was done by a rule.
     *
     * @param rule the rule
     * @param isDry whether nothing was changed
     * @param printsNothing whether a line is printed, too, if there was nothing to do
     */
    public void print(FolderRule rule, boolean isDry, boolean printsNothing) {
        Counts count = counts.getOrDefault(rule, new Counts());
        if (count.copied + count.moved == 0 && !printsNothing) {
            return;
        }
        boolean isMove = rule.kind() == FolderRule.Kind.MOVE;
        String what = (isMove ? "Move to " : "Backup to ") + rule.folder() + ": ";
        String copied =
                jobs(count.copied) + (isDry ? " to be copied (" : " copied (") + ValueTexts.size(count.bytes) + ")";
        out.line(what
                + copied
                + (count.there > 0 ? ", " + jobs(count.there) + " there already" : "")
                + (isMove && !isDry ? ", " + jobs(count.moved) + " moved" : ""));
    }

    private static String jobs(int count) {
        return count + (count == 1 ? " job" : " jobs");
    }
}
