package org.experimaestro.cli.side;

import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.experimaestro.LaunchException;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.side.SideStart;
import org.experimaestro.workspace.SideFolder;
import org.experimaestro.workspace.SideKind;
import org.experimaestro.workspace.SideProcess;
import org.experimaestro.workspace.SideStatus;
import org.experimaestro.workspace.SideStatus.State;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro services start}. */
@Command(
        name = "start",
        mixinStandardHelpOptions = true,
        description = {
            "Starts a service of a run on this machine, waits until it is ready, and prints its address. A service that"
                    + " runs already is not started again.",
            "The service goes on when the command has ended, until it is stopped."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro services start grid tensorboard",
            "  experimaestro services start grid tensorboard --port 6006"
        })
final class ServicesStartCommand implements Callable<Integer> {
    private static final Duration PAUSE = Duration.ofMillis(100);
    private static final int LAST_PORT = 65_535;

    @Mixin
    private final SideTarget target = new SideTarget();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port of this machine at which it listens. Default: any free one.")
    private @Nullable Integer port;

    @Option(
            names = "--has-ended",
            description = "You have seen to it that the service does not run on another host, where it was started and"
                    + " has not written its end.")
    private boolean hasEnded;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (port != null && (port < 1 || port > LAST_PORT)) {
            throw new ParameterException(
                    spec.commandLine(), "--port is a number from 1 to " + LAST_PORT + ", and not " + port);
        }
        SideFolder service = target.findToChange(SideKind.SERVICE);
        OptionalInt wanted = port == null ? OptionalInt.empty() : OptionalInt.of(port);
        SideProcess process = SideStart.start(service, wanted, target.variables(), hasEnded);
        SideStatus status = process.status();
        while (status.state() == State.STARTING) {
            Thread.sleep(PAUSE);
            status = process.status();
        }
        if (status.state() != State.RUNNING) {
            throw LaunchException.of("The " + service + " has not become ready: "
                            + (status.text().isEmpty()
                                    ? "it has " + status.state().word()
                                    : status.text()))
                    .advice("read its log with: experimaestro services log " + service.run() + " " + service.name())
                    .build();
        }
        Printer.out(spec.commandLine()).line(SideTexts.address(service, status));
        return ExitCode.OK;
    }
}
