package org.experimaestro.cli.trash;

import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.option.Confirmation;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.action.ActionPlan;
import org.experimaestro.monitor.action.ActionResult;
import org.experimaestro.monitor.action.CleanAction;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The end of each command that moves something to the trash: the plan is printed, and performed if the user agrees. */
public final class Cleaning {
    private static final int MOST_DEPENDENTS = 3;

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be moved, how large it is, and what was made from it; move nothing.")
    private boolean dryRun;

    @Option(
            names = "--runs-have-ended",
            description =
                    "You have seen to it that no run goes on that cannot be seen from here: runs of other hosts that"
                            + " have not written their end.")
    private boolean runsHaveEnded;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec command = CommandSpec.create();

    private boolean isComplete = true;

    /**
     * Prints the plan, asks, and moves.
     *
     * @param workspace the workspace
     * @param index its index
     * @param what what is cleaned, in words, for the trash
     * @param jobs the jobs
     * @param runs the runs
     * @return the exit code: 1 if something that was asked for stays
     */
    public int clean(
            Workspace workspace, WorkspaceIndex index, String what, Collection<JobFolder> jobs, List<RunFolder> runs)
            throws InterruptedException {
        return clean(workspace, index, what, jobs, runs, false);
    }

    /**
     * Prints the plan, asks, and moves what no run has under another name.
     *
     * @param workspace the workspace
     * @param index its index
     * @param what what is cleaned, in words, for the trash
     * @param jobs the jobs, which are selected because no other run has them
     * @param runs the runs
     * @return the exit code: 1 if something that was asked for stays
     */
    public int cleanOwn(
            Workspace workspace, WorkspaceIndex index, String what, Collection<JobFolder> jobs, List<RunFolder> runs)
            throws InterruptedException {
        return clean(workspace, index, what, jobs, runs, true);
    }

    private int clean(
            Workspace workspace,
            WorkspaceIndex index,
            String what,
            Collection<JobFolder> jobs,
            List<RunFolder> runs,
            boolean areOwn)
            throws InterruptedException {
        Printer err = Printer.err(command.commandLine());
        int[] staying = {0};
        CleanAction action =
                new CleanAction(workspace, index, what, InstantSource.system(), runsHaveEnded, runs, refused -> {
                    staying[0]++;
                    refuse(err, refused);
                });
        // A run that cannot be read protects none of its jobs.
        index.view().problems().forEach(err::warning);
        ActionPlan plan = areOwn ? action.planOwn(jobs) : action.plan(jobs);
        Set<String> links = links(plan);
        print(plan, runs, links);
        String question = question(counted(plan.possible().size() - links.size(), runs.size()), links.size());
        if (dryRun || plan.possible().isEmpty() && runs.isEmpty()) {
            plan.steps().forEach(step -> tellImpossible(step, err));
            return isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
        }
        if (!confirmation.isGiven(question)) {
            err.line("Nothing was moved");
            return ExitCode.SOFTWARE;
        }
        int[] moved = {0};
        action.perform(plan, result -> {
            if (result instanceof ActionResult.Refused refused) {
                refuse(err, refused.reason());
            } else if (!links.contains(result.job().name())) {
                moved[0]++;
            }
        });
        if (moved[0] == 0 && runs.isEmpty() && isComplete) {
            return ExitCode.OK; // what has lost its links is not in the trash
        }
        Printer.out(command.commandLine())
                .line("In the trash now: " + counted(moved[0], runs.size() - staying[0]) + "; experimaestro trash undo "
                        + action.entryName() + " moves all back");
        return isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void tellImpossible(ActionPlan.Step step, Printer err) {
        if (step instanceof ActionPlan.Impossible impossible) {
            refuse(err, impossible.reason());
        }
    }

    private void refuse(Printer err, Exception reason) {
        isComplete = false;
        err.error(String.valueOf(reason.getMessage()));
    }

    /** Returns the jobs that only lose their link to a result which stays. */
    private static Set<String> links(ActionPlan plan) {
        return plan.possible().stream()
                .filter(job -> CleanAction.findLink(job).isPresent())
                .map(JobFolder::name)
                .collect(Collectors.toSet());
    }

    private static String question(String moved, int links) {
        String move = "move " + moved + " to the trash";
        return links == 0 ? move : move + ", and remove " + links + (links == 1 ? " link" : " links");
    }

    private void print(ActionPlan plan, List<RunFolder> runs, Set<String> links) {
        Printer out = Printer.out(command.commandLine());
        TextTable table = new TextTable("JOB OR RUN", "SIZE", "USED BY");
        long bytes = 0;
        for (ActionPlan.Step step : plan.steps()) {
            if (step instanceof ActionPlan.Possible possible) {
                bytes += possible.bytes();
                table.add(
                        Line.of(step.job().name()),
                        Line.of(ValueTexts.size(possible.bytes())),
                        Line.of(dependents(possible.dependents())));
            }
        }
        for (RunFolder run : runs) {
            long size = Folders.size(run.path());
            bytes += size;
            table.add(Line.of(run.qualifiedName()), Line.of(ValueTexts.size(size)), Line.of(""));
        }
        if (!plan.possible().isEmpty() || !runs.isEmpty()) {
            table.lines().forEach(out::line);
            out.line(counted(plan.possible().size() - links.size(), runs.size()) + ", " + ValueTexts.size(bytes));
        }
        for (ActionPlan.Step step : plan.steps()) {
            if (step instanceof ActionPlan.Possible possible
                    && links.contains(step.job().name())) {
                out.line(step.job().name() + " " + possible.description());
            }
        }
    }

    private static String dependents(List<String> names) {
        return names.size() <= MOST_DEPENDENTS
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_DEPENDENTS)) + " and " + (names.size() - MOST_DEPENDENTS)
                        + " more";
    }

    private static String counted(int jobs, int runs) {
        String ofJobs = jobs + (jobs == 1 ? " job" : " jobs");
        String ofRuns = runs + (runs == 1 ? " run" : " runs");
        return runs == 0 ? ofJobs : jobs == 0 ? ofRuns : ofJobs + " and " + ofRuns;
    }
}
