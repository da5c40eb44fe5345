package org.experimaestro.cli.launcher;

import java.util.concurrent.Callable;
import org.experimaestro.cli.option.RequirementOptions;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.finder.PlacementExplanation;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro launchers explain}, which shows why a launcher is chosen for a requirement. */
@Command(
        name = "explain",
        mixinStandardHelpOptions = true,
        description = {
            "Shows for each alternative of a requirement, and for each launcher, partition and host, whether it meets the"
                    + " alternative, or all reasons why not.",
            "The exit code is 1 if nothing meets the requirement."
        },
        footer = {"", "Examples:", "  experimaestro launchers explain 'duration=2 days & cuda(mem=16G) * 4'"})
public final class LaunchersExplainCommand implements Callable<Integer> {
    @Mixin
    private final RequirementOptions options = new RequirementOptions();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public LaunchersExplainCommand() {}

    @Override
    public Integer call() {
        PlacementExplanation explanation = options.explanation();
        LauncherTexts.lines(explanation).forEach(Printer.out(spec.commandLine())::line);
        explanation.chosen().flatMap(chosen -> chosen.notice()).ifPresent(Printer.err(spec.commandLine())::line);
        return explanation.chosen().isPresent() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
