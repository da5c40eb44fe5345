package org.experimaestro.cli.side;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TerminalLog;
import org.experimaestro.monitor.side.SideLog;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro services log}. */
@Command(
        name = "log",
        mixinStandardHelpOptions = true,
        description =
                "Shows what a service has printed since its last start: at least its last 8 MiB, and at most twice"
                        + " as much.",
        footer = {"", "Examples:", "  experimaestro services log grid tensorboard"})
final class ServicesLogCommand implements Callable<Integer> {
    @Mixin
    private final SideTarget target = new SideTarget();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        SideLog log = new SideLog(SideTarget.last(target.findService()));
        if (!Printer.isTerminal()) {
            log.copyAll(System.out);
            return ExitCode.OK;
        }
        boolean keepsColors = spec.commandLine().getColorScheme().ansi().enabled();
        PrintStream shown = new PrintStream(new TerminalLog(System.out, keepsColors), false, StandardCharsets.UTF_8);
        log.copyAll(shown);
        shown.flush();
        return ExitCode.OK;
    }
}
