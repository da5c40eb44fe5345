package org.experimaestro.cli;

import java.util.ArrayList;
import java.util.List;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;

/** The words about a run that was stopped before its end. */
final class AccountTexts {
    private static final int SHOWN = 5;

    private AccountTexts() {}

    /** First what goes on, then the counts of all jobs, then the names of those that go on or were never started. */
    static List<String> lines(RunAccount account) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(account));
        lines.add(counts(account));
        addNames(lines, "runs on      ", account.running());
        addNames(lines, "submitted    ", account.submitted());
        addNames(lines, "not started  ", account.notStarted());
        return lines;
    }

    private static String headline(RunAccount account) {
        int left = account.left().size();
        String them = left == 1 ? "it" : "them";
        if (account.isPlanBroken()) {
            return "Stopped by an error. "
                    + (left > 0
                            ? goingOn(account) + "; the next run waits for " + them + "."
                            : account.notStarted().isEmpty() ? "All submitted jobs had ended." : "No job is running.");
        }
        if (left > 0) {
            return "Stopped before the end. " + goingOn(account) + "; run the same command again to wait for " + them
                    + ".";
        }
        return account.notStarted().isEmpty()
                ? "Stopped. All submitted jobs had ended."
                : "Stopped before the end. No job is running; run the same command again to go on.";
    }

    /** Says of the jobs that are left what is known: a job that was submitted may be pending, held, or have begun unseen. */
    private static String goingOn(RunAccount account) {
        int running = account.running().size();
        int submitted = account.submitted().size();
        List<String> parts = new ArrayList<>();
        if (running > 0) {
            parts.add(running == 1 ? "1 job keeps running" : running + " jobs keep running");
        }
        if (submitted > 0) {
            parts.add(submitted + (running > 0 ? "" : submitted == 1 ? " job" : " jobs")
                    + (submitted == 1 ? " is" : " are") + " submitted and not known to run");
        }
        return String.join(", and ", parts);
    }

    private static String counts(RunAccount account) {
        List<String> parts = new ArrayList<>();
        add(parts, account.done(), "done");
        add(parts, account.failed(), "FAILED");
        add(parts, account.skipped(), "skipped");
        add(parts, account.running(), account.running().size() == 1 ? "runs on" : "run on");
        add(parts, account.submitted(), "submitted");
        add(parts, account.notStarted(), "not started");
        return account.total() + (account.total() == 1 ? " job: " : " jobs: ") + String.join(", ", parts) + ".";
    }

    private static void add(List<String> parts, List<SubmittedTask> tasks, String what) {
        if (!tasks.isEmpty()) {
            parts.add(tasks.size() + " " + what);
        }
    }

    private static void addNames(List<String> lines, String what, List<SubmittedTask> tasks) {
        tasks.stream().limit(SHOWN).forEach(task -> lines.add("    " + what + RunConsole.name(task)));
        if (tasks.size() > SHOWN) {
            lines.add("    … and " + (tasks.size() - SHOWN) + " more");
        }
    }
}
