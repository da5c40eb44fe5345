package org.experimaestro.cli.side;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.side.SideStop;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro services stop}. */
@Command(
        name = "stop",
        mixinStandardHelpOptions = true,
        description = "Stops a service that runs on this machine, with all processes that it has started. What does not"
                + " end within 5 seconds is ended by force.",
        footer = {"", "Examples:", "  experimaestro services stop grid tensorboard"})
final class ServicesStopCommand implements Callable<Integer> {
    /** Longer than the time that its program has. */
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Mixin
    private final SideTarget target = new SideTarget();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        SideFolder service = target.findServiceToChange();
        SideProcess process = SideTarget.last(service);
        Printer err = Printer.err(spec.commandLine());
        if (!process.status().isActive()) {
            err.line("The " + service + " does not run");
            return ExitCode.OK;
        }
        SideStatus end = new SideStop(process).stop(LIMIT);
        err.line("The " + service + (end.isActive() ? " still runs" : " was stopped"));
        return end.isActive() ? ExitCode.SOFTWARE : ExitCode.OK;
    }
}
