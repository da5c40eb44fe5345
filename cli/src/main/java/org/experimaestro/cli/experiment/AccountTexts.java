package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.experimaestro.base.text.ShellWord;
import org.experimaestro.engine.RunAccount;
import org.experimaestro.engine.SubmittedTask;
import org.experimaestro.workspace.JobCount;

/** The texts of a run's account. */
final class AccountTexts {
    private static final int SHOWN = 5;
    private static final Set<JobCount> ALWAYS_SHOWN = Set.of(JobCount.EXECUTED, JobCount.DONE_BEFORE);

    private AccountTexts() {}

    /**
     * Returns the lines about a run that was stopped before its end: a headline, the counts of all jobs, the names of
     * jobs that keep running or were not started, and the commands for those that keep running. At most 5 names of each
     * are listed.
     *
     * @param account the account
     * @param experiment the name of the experiment
     * @param workspace the workspace's folder
     */
    static List<String> stopped(RunAccount account, String experiment, Path workspace) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(account));
        lines.add(counts(account) + ".");
        addNames(lines, "left         ", account.tasks(JobCount.LEFT));
        addNames(lines, "not started  ", account.tasks(JobCount.NOT_STARTED));
        if (account.count(JobCount.LEFT) > 0) {
            String where = " --workdir " + ShellWord.of(workspace.toString());
            lines.add("See what is left: experimaestro jobs list --experiment " + ShellWord.of(experiment) + where);
            lines.add("End a job:        experimaestro jobs kill ID" + where);
        }
        return lines;
    }

    private static String headline(RunAccount account) {
        int left = account.count(JobCount.LEFT);
        boolean isComplete = account.count(JobCount.NOT_STARTED) == 0;
        String them = left == 1 ? "it" : "them";
        if (account.isPlanBroken()) {
            return "Stopped by an error. "
                    + (left > 0
                            ? goingOn(account) + "; the next run waits for " + them + "."
                            : isComplete ? "All submitted jobs had ended." : "No job is running.");
        }
        if (left > 0) {
            return "Stopped before the end. " + goingOn(account) + "; run the same command again to wait for " + them
                    + ".";
        }
        return isComplete
                ? "Stopped. All submitted jobs had ended."
                : "Stopped before the end. No job is running; run the same command again to go on.";
    }

    /**
     * Returns a clause about the jobs that are left. A job without a known process may be pending, held, or have begun
     * unseen.
     */
    private static String goingOn(RunAccount account) {
        int left = account.count(JobCount.LEFT);
        int running = account.running();
        int submitted = left - running;
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

    /**
     * Returns the counts of all jobs, such as {@code 4 jobs: 2 executed, 0 done before; 1 FAILED, 1 skipped}. Jobs that
     * are done and jobs that are not done are separated by a semicolon.
     */
    static String counts(RunAccount account) {
        List<String> done = new ArrayList<>();
        List<String> others = new ArrayList<>();
        for (JobCount count : JobCount.values()) {
            int size = account.count(count);
            if (size > 0 || ALWAYS_SHOWN.contains(count)) {
                (count.isDone() ? done : others).add(size + " " + word(count));
            }
        }
        return jobs(account.total()) + ": " + String.join(", ", done)
                + (others.isEmpty() ? "" : "; " + String.join(", ", others));
    }

    private static String word(JobCount count) {
        return count == JobCount.FAILED ? count.word().toUpperCase(Locale.ROOT) : count.word();
    }

    static String jobs(int count) {
        return count + (count == 1 ? " job" : " jobs");
    }

    private static void addNames(List<String> lines, String what, List<SubmittedTask> tasks) {
        tasks.stream().limit(SHOWN).forEach(task -> lines.add("    " + what + RunConsole.name(task)));
        if (tasks.size() > SHOWN) {
            lines.add("    … and " + (tasks.size() - SHOWN) + " more");
        }
    }
}
