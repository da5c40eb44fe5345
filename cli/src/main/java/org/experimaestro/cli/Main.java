package org.experimaestro.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.workspace.Failures;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code experimaestro}.
 *
 * <p>Exit codes: 0 when all went well, 1 when something failed (a job too), 2 for a wrong command line, 130 after Ctrl-C, 141
 * when the reader of the output has gone.
 */
@Command(
        name = "experimaestro",
        description = "Runs experiments: typed configurations, tasks that run once, plans.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            RunExperimentCommand.class,
            JobsCommand.class,
            DescribeCommand.class,
            ExplainCommand.class,
            LaunchersCommand.class
        })
public final class Main {
    static final int FAILED = 1;
    static final int INTERRUPTED = 130;

    /** For picocli. */
    Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        System.exit(run(arguments));
    }

    /**
     * Runs a command.
     *
     * @param arguments the command line
     * @return its exit code
     */
    public static int run(String... arguments) {
        return execute(new Main(), arguments);
    }

    /** Executes a command of picocli, unless what it is told did not come through. */
    static int execute(Object command, String... arguments) {
        CommandLine line = commandLine(new CommandLine(command));
        Optional<String> damaged = DamagedText.find(arguments);
        if (damaged.isPresent()) {
            line.getErr().println(Styles.error(damaged.get(), line));
            line.getErr().flush();
            return FAILED;
        }
        return OutputCheck.exitCode(line.execute(arguments), line);
    }

    static CommandLine commandLine(CommandLine line) {
        return line.setExecutionExceptionHandler(Main::explain)
                .setParameterExceptionHandler(Main::refuse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /**
     * Our own errors are for users: their text says it all, but for the lines of a plan that threw. The machine's are told
     * in its words. Any other is ours to mend: it comes with its trace.
     */
    private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        switch (thrown) {
            case ExperimaestroException ours -> {
                err.println(Styles.error(String.valueOf(ours.getMessage()), line));
                Throwable cause = ours.getCause();
                if (cause != null && !isRefusal(ours, cause)) {
                    PlanTrace.print(cause, err);
                }
            }
            case InterruptedException interrupted -> {
                err.println("Interrupted.");
                return INTERRUPTED;
            }
            case IOException failed -> err.println(ofTheMachine(failed, line));
            case UncheckedIOException failed ->
                err.println(ofTheMachine(Objects.requireNonNull(failed.getCause()), line));
            default -> {
                err.println(Styles.error("this is a fault of Experimaestro, please report it with these lines:", line));
                thrown.printStackTrace(err);
            }
        }
        err.flush();
        return FAILED;
    }

    private static String ofTheMachine(IOException failed, CommandLine line) {
        return Styles.error(
                "Cannot read or write a file: " + Failures.reason(failed)
                        + "; check that it is there, its permissions, and the space on its disk",
                line);
    }

    /** A wrong command line: what is wrong, and where to read on. The whole help would hide it. */
    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(Styles.error(CommandLineProblem.message(wrong), line));
        err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A constructor that refuses a value says all by its message. */
    private static boolean isRefusal(ExperimaestroException ours, Throwable cause) {
        return ours instanceof ConfigException && cause instanceof IllegalArgumentException;
    }
}
