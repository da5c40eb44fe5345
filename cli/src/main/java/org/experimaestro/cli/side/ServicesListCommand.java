package org.experimaestro.cli.side;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.run.RunName;
import org.experimaestro.workspace.SideKind;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro services list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the services of a run, with their states and addresses.",
        footer = {"", "Examples:", "  experimaestro services list", "  experimaestro services list grid --json"})
final class ServicesListCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            arity = "0..1",
            paramLabel = "RUN",
            description = RunName.DESCRIPTION + " Default: the last run of each experiment.")
    private @Nullable String run;

    @Option(names = "--json", description = "Print one JSON object a line, for each service.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        SideTexts.print(
                Printer.out(spec.commandLine()),
                Printer.err(spec.commandLine()),
                SideTarget.list(workdir, run, SideKind.SERVICE),
                SideKind.SERVICE,
                json);
        return ExitCode.OK;
    }
}
