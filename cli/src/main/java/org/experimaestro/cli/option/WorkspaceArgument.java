package org.experimaestro.cli.option;

import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** The argument of commands about a whole workspace: the experiment's file whose workspace is meant. */
public final class WorkspaceArgument {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The file of an experiment, if its workspace is meant.")
    private @Nullable String file;

    /**
     * Opens the workspace for reading.
     *
     * @throws ParameterException if the argument is not the name of a YAML file
     */
    public Workspace view() {
        workdir.takeOnlyFile(file);
        return workdir.view();
    }

    /**
     * Opens the workspace for a change of what is in it.
     *
     * @throws ParameterException as for {@link #view}
     * @throws org.experimaestro.WorkspaceException if the workspace is a bundle, which is read-only, or this user may not
     *     write there
     */
    public Workspace change() {
        workdir.takeOnlyFile(file);
        return workdir.change();
    }
}
