package org.experimaestro.cli.launcher;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.RequirementOptions;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.spi.Placement;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro launchers find}, which shows the place where a job would run. */
@Command(
        name = "find",
        mixinStandardHelpOptions = true,
        description = {
            "Shows where a job with this requirement would run, what it would get there, and the directives for the batch"
                    + " system.",
            "Hooks of plans are not asked."
        },
        footer = {"", "Examples:", "  experimaestro launchers find 'duration=2 days & cuda(mem=16G) * 4'"})
public final class LaunchersFindCommand implements Callable<Integer> {
    @Mixin
    private final RequirementOptions options = new RequirementOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public LaunchersFindCommand() {}

    @Override
    public Integer call() {
        Placement placement = options.explanation().required(options.requirement(), options.labels());
        PlacementTexts.lines(placement).forEach(Printer.out(spec.commandLine())::line);
        placement.notice().ifPresent(Printer.err(spec.commandLine())::line);
        return ExitCode.OK;
    }
}
