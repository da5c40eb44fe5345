package org.experimaestro.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.ConfigException;
import org.experimaestro.ExperimaestroException;
import org.experimaestro.base.process.ProcessEnd;
import org.experimaestro.base.text.VisibleText;
import org.experimaestro.cli.completion.CompletionCommand;
import org.experimaestro.cli.configuration.DescribeCommand;
import org.experimaestro.cli.configuration.ExplainCommand;
import org.experimaestro.cli.configuration.MigrateCommand;
import org.experimaestro.cli.copy.BundleCommand;
import org.experimaestro.cli.copy.CopyCommand;
import org.experimaestro.cli.experiment.ExperimentsCommand;
import org.experimaestro.cli.experiment.RunExperimentCommand;
import org.experimaestro.cli.job.JobsCommand;
import org.experimaestro.cli.launcher.LaunchersCommand;
import org.experimaestro.cli.option.CommandLineProblem;
import org.experimaestro.cli.option.CommandTree;
import org.experimaestro.cli.option.Subcommands;
import org.experimaestro.cli.output.DamagedText;
import org.experimaestro.cli.output.LogFormat;
import org.experimaestro.cli.output.OutputCheck;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.plan.PlanTrace;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.cli.run.NotifyCommand;
import org.experimaestro.cli.run.RunsCommand;
import org.experimaestro.cli.side.ActionsCommand;
import org.experimaestro.cli.side.ServicesCommand;
import org.experimaestro.cli.table.TableCommand;
import org.experimaestro.cli.token.TokensCommand;
import org.experimaestro.cli.trash.TrashCommand;
import org.experimaestro.cli.web.MonitorCommand;
import org.experimaestro.cli.workspace.DiskUseCommand;
import org.experimaestro.cli.workspace.EventsCommand;
import org.experimaestro.cli.workspace.OrphansCommand;
import org.experimaestro.cli.workspace.WorkspacesCommand;
import org.experimaestro.workspace.Failures;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/**
 * The command {@code experimaestro}.
 *
 * <p>Exit codes: 0 for success, 1 for a failure (also of a job), 2 for a wrong command line, 130 after Ctrl-C, and 141
 * if the reader of the output closed it.
 */
@Command(
        name = "experimaestro",
        description = "Runs experiments: typed configurations, tasks that run once, plans.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND")
@Subcommands({
    RunExperimentCommand.class,
    JobsCommand.class,
    RunsCommand.class,
    ExperimentsCommand.class,
    ActionsCommand.class,
    ServicesCommand.class,
    TableCommand.class,
    DescribeCommand.class,
    ExplainCommand.class,
    MigrateCommand.class,
    OrphansCommand.class,
    DiskUseCommand.class,
    TrashCommand.class,
    TokensCommand.class,
    LaunchersCommand.class,
    EventsCommand.class,
    NotifyCommand.class,
    MonitorCommand.class,
    CompletionCommand.class,
    CopyCommand.class,
    BundleCommand.class,
    WorkspacesCommand.class
})
public final class Main {
    static final int INTERRUPTED = 130;

    /** Creates the command for picocli. */
    Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        int code = run(arguments);
        if (arguments.length > 0 && arguments[0].equals(RunExperimentCommand.NAME)) {
            CommandStartCache.renew();
        }
        ProcessEnd.exit(code);
    }

    /**
     * Runs a command.
     *
     * @param arguments the command line
     * @return the exit code
     */
    public static int run(String... arguments) {
        return execute(new Main(), arguments);
    }

    /** Executes a command of picocli, unless its arguments or its environment are damaged text. */
    static int execute(Object command, String... arguments) {
        LogFormat.install();
        if (Thread.getDefaultUncaughtExceptionHandler() == null) {
            Thread.setDefaultUncaughtExceptionHandler(Main::showUncaught);
        }
        CommandLine line = commandLine(CommandTree.of(command, arguments));
        Optional<String> damaged = DamagedText.find(arguments);
        if (damaged.isPresent()) {
            Printer.err(line).error(damaged.get());
            return ExitCode.SOFTWARE;
        }
        return OutputCheck.exitCode(line.execute(arguments), line);
    }

    /** Prints an uncaught exception as the JVM does, without characters that act on a terminal. */
    private static void showUncaught(Thread thread, Throwable thrown) {
        Printer.standardError().message("Exception in thread \"" + thread.getName() + "\" ", Printer.trace(thrown));
    }

    public static CommandLine commandLine(CommandLine line) {
        return line.setExecutionExceptionHandler(Main::explain)
                .setParameterExceptionHandler(Main::refuse)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExpandAtFiles(false) // a plan gets an argument such as @home as it is
                .setUsageHelpAutoWidth(true);
    }

    /**
     * Prints an exception that a command threw. Experimaestro's own exceptions have complete messages; only an
     * exception of the plan's code adds its stack frames. An I/O error is printed with the system's message. Any other
     * exception is a fault of Experimaestro, and is printed with its trace.
     */
    private static int explain(Exception thrown, CommandLine line, CommandLine.ParseResult parsed) {
        Printer err = Printer.err(line);
        switch (thrown) {
            case ExperimaestroException ours -> {
                err.error(String.valueOf(ours.getMessage()));
                Throwable cause = ours.getCause();
                if (cause != null && !isRefusal(ours, cause)) {
                    PlanTrace.print(cause, err);
                }
            }
            case InterruptedException interrupted -> {
                err.line("Interrupted.");
                return INTERRUPTED;
            }
            case IOException failed -> err.error(ofTheMachine(failed));
            case UncheckedIOException failed -> err.error(ofTheMachine(Objects.requireNonNull(failed.getCause())));
            default ->
                err.error("this is a fault of Experimaestro, please report it with these lines:\n"
                        + Printer.trace(thrown));
        }
        return ExitCode.SOFTWARE;
    }

    private static String ofTheMachine(IOException failed) {
        return "Cannot read or write a file: " + Failures.reason(failed)
                + "; check that it is there, its permissions, and the space on its disk";
    }

    /** Prints the error in a command line, and the command for its help. The whole help would hide the error. */
    private static int refuse(CommandLine.ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        Printer err = Printer.err(line);
        // A message of ours may have lines, such as a filter and the place in it; its user's text is escaped already.
        err.error(
                wrong.getCause() instanceof ExperimaestroException ours
                        ? String.valueOf(ours.getMessage())
                        : VisibleText.of(CommandLineProblem.message(wrong)));
        err.line("Try: " + line.getCommandSpec().qualifiedName() + " --help");
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Returns whether a configuration's constructor refused a value; the message is complete then. */
    private static boolean isRefusal(ExperimaestroException ours, Throwable cause) {
        return ours instanceof ConfigException && cause instanceof IllegalArgumentException;
    }
}
