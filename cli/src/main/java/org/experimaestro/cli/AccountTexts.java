package org.experimaestro.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.spi.ShellText;

/** The text about a run that was stopped before its end. */
final class AccountTexts {
    private static final int SHOWN = 5;
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9/._-]+");

    private AccountTexts() {}

    /**
     * Returns the lines: a headline, the counts of all jobs, the names of jobs that keep running or were not started,
     * and the commands for those that keep running. At most 5 names of each are listed.
     *
     * @param account the account
     * @param experiment the name of the experiment
     * @param workspace the workspace's folder
     */
    static List<String> lines(RunAccount account, String experiment, Path workspace) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(account));
        lines.add(counts(account));
        addNames(lines, "runs on      ", account.left());
        addNames(lines, "not started  ", account.notStarted());
        if (!account.left().isEmpty()) {
            String where = " --workdir " + word(workspace.toString());
            lines.add("See what runs on: experimaestro jobs list --experiment " + word(experiment) + where);
            lines.add("End a job:        experimaestro jobs kill ID" + where);
        }
        return lines;
    }

    /** Returns a text as one word of a shell's command line. */
    private static String word(String text) {
        return PLAIN.matcher(text).matches() ? text : ShellText.quote(text);
    }

    private static String headline(RunAccount account) {
        int left = account.left().size();
        if (account.isPlanBroken()) {
            return "Stopped by an error. "
                    + switch (left) {
                        case 0 ->
                            account.notStarted().isEmpty() ? "All submitted jobs had ended." : "No job is running.";
                        case 1 -> "1 job keeps running; the next run waits for it.";
                        default -> left + " jobs keep running; the next run waits for them.";
                    };
        }
        if (left > 0) {
            return "Stopped before the end. "
                    + (left == 1
                            ? "1 job keeps running; run the same command again to wait for it."
                            : left + " jobs keep running; run the same command again to wait for them.");
        }
        return account.notStarted().isEmpty()
                ? "Stopped. All submitted jobs had ended."
                : "Stopped before the end. No job is running; run the same command again to go on.";
    }

    private static String counts(RunAccount account) {
        List<String> parts = new ArrayList<>();
        add(parts, account.done(), "done");
        add(parts, account.failed(), "FAILED");
        add(parts, account.skipped(), "skipped");
        add(parts, account.left(), account.left().size() == 1 ? "runs on" : "run on");
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
