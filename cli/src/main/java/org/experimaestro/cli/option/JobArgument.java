package org.experimaestro.cli.option;

import java.util.List;
import org.experimaestro.monitor.view.JobSearch;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** The arguments that name one job: its identifier, and before it the experiment's file whose workspace is meant. */
public final class JobArgument {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "[FILE.yaml] ID",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The first digits of the job's identifier, or TYPE/DIGITS; before it, the file of the"
                    + " experiment, if its workspace is meant.")
    private List<String> words = List.of();

    private @Nullable String digits;

    /** Returns the digits that the user has given. */
    public String digits() {
        String taken = digits;
        if (taken == null) {
            taken = workdir.takeFileAndOne(words, "ID");
            digits = taken;
        }
        return taken;
    }

    /** Returns the workspace of the job. */
    public Workspace workspace() {
        digits(); // which takes the file before
        return workdir.view();
    }

    /**
     * Finds the job, which is to be changed, as {@link #find} does.
     *
     * @throws org.experimaestro.WorkspaceException also if the workspace is a bundle, which is read-only, or this user may
     *     not write there
     */
    public JobFolder findToChange() {
        String given = digits(); // which takes the file before
        return JobSearch.find(workdir.change(), given);
    }

    /** Finds the job among those of the workspace. */
    public JobFolder find() {
        return JobSearch.find(workspace(), digits());
    }
}
