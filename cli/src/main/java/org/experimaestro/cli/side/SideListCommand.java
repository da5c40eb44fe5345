package org.experimaestro.cli.side;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.run.RunName;
import org.experimaestro.workspace.SideKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The common part of the commands that list the actions or the services of runs. */
abstract class SideListCommand implements Callable<Integer> {
    private final SideKind kind;

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = RunName.DESCRIPTION + " Default: the last run of each experiment.")
    private @Nullable String run;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /**
     * Creates the command.
     *
     * @param kind the kind that it lists
     */
    SideListCommand(SideKind kind) {
        this.kind = kind;
    }

    @Override
    public Integer call() {
        SideTexts.print(
                Printer.out(spec.commandLine()),
                Printer.err(spec.commandLine()),
                SideTarget.list(workdir, run, kind),
                kind,
                json);
        return ExitCode.OK;
    }
}
