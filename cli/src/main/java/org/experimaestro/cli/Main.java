package org.experimaestro.cli;

import java.io.PrintWriter;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimaestroException;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/**
 * The command {@code experimaestro}.
 *
 * <p>Exit codes: 0 when all went well, 1 when something failed (a job too), 2 for a wrong command line, 130 after Ctrl-C.
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
        return commandLine(new CommandLine(new Main())).execute(arguments);
    }

    static CommandLine commandLine(CommandLine line) {
        return line.setExecutionExceptionHandler(Main::explain)
                .setParameterExceptionHandler(Main::refuse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUsageHelpAutoWidth(true);
    }

    /** Our own errors are for users: their text says it all. Any other is ours to mend: it comes with its trace. */
    private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        PrintWriter err = line.getErr();
        if (thrown instanceof ExperimaestroException ours) {
            err.println(line.getColorScheme()
                    .errorText("Error: " + String.valueOf(ours.getMessage()).stripTrailing()));
            Throwable cause = ours.getCause();
            if (cause != null && !isRefusal(ours, cause)) {
                PlanTrace.print(cause, err);
            }
        } else if (thrown instanceof InterruptedException) {
            err.println("Interrupted.");
            return INTERRUPTED;
        } else {
            err.println(line.getColorScheme().errorText("Unexpected error, please report it:"));
            thrown.printStackTrace(err);
        }
        err.flush();
        return FAILED;
    }

    /** A wrong command line: what is wrong, and where to read on. The whole help would hide it. */
    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println(line.getColorScheme().errorText("Error: " + wrong.getMessage()));
        err.println("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A constructor that refuses a value says all by its message. */
    private static boolean isRefusal(ExperimaestroException ours, Throwable cause) {
        return ours instanceof ConfigException && cause instanceof IllegalArgumentException;
    }
}
