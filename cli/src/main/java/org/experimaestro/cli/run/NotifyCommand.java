package org.experimaestro.cli.run;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.text.NearName;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.notify.Channels;
import org.experimaestro.notify.Notifier;
import org.experimaestro.settings.NotificationSettings;
import org.experimaestro.settings.NotificationSettings.Channel;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro notify}. */
@Command(
        name = "notify",
        mixinStandardHelpOptions = true,
        description = {
            "Sends notifications about a run until it is over, over the channels of your settings, also when the run's"
                    + " process is killed.",
            "A run sends them itself while its process lives. Only one of them sends each notification.",
            "With --test, it sends a test over each channel, or over the named ones."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro notify --test",
            "  experimaestro notify debug.yaml",
            "  experimaestro notify grid/20260131-120000"
        })
public final class NotifyCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Option(names = "--test", description = "Send a test over each channel, or over the named ones.")
    private boolean test;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..*",
            description = "EXPERIMENT/RUN, such as grid/20260131-120000; or the run's name, or its first digits; or the"
                    + " experiment or its YAML file: its last run. With --test, the names of channels.")
    private List<String> names = new ArrayList<>();

    /** Creates the command for picocli. */
    public NotifyCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        return test ? test(channels()) : follow();
    }

    private static NotificationSettings channels() {
        UserSettings user = UserSettings.current();
        NotificationSettings settings = settings(user);
        if (settings.channels().isEmpty()) {
            throw WorkspaceException.of("There is no channel to send notifications over")
                    .advice("write one in " + user.label()
                            + ", as in: notifications: {chat: {webhook: \"${env:CHAT_URL}\"}}")
                    .build();
        }
        return settings;
    }

    /**
     * Returns the channels of a user.
     *
     * @throws WorkspaceException if the settings of notifications are wrong, with all problems
     */
    public static NotificationSettings settings(UserSettings user) {
        List<String> problems = user.notifications().problems();
        if (!problems.isEmpty()) {
            throw WorkspaceException.of(
                            "The notifications of " + user.label() + " cannot be used: " + String.join("; ", problems))
                    .build();
        }
        return user.notifications();
    }

    private int test(NotificationSettings settings) throws InterruptedException {
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        boolean[] isWhole = {true};
        Channels channels = Channels.open(chosen(settings), System.getenv(), problem -> {
            isWhole[0] = false;
            err.line(problem);
        });
        isWhole[0] &= channels.test((channel, problem) -> {
            if (problem.isEmpty()) {
                out.line(channel + ": delivered");
            } else {
                err.message(channel + ": not delivered: ", problem.get());
            }
        });
        return isWhole[0] ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private NotificationSettings chosen(NotificationSettings settings) {
        List<String> known = settings.channels().stream().map(Channel::name).toList();
        for (String name : names) {
            if (!known.contains(name)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "There is no channel \"" + name + "\"; "
                                + NearName.advice(name, known).orElse("the channels are " + String.join(", ", known)));
            }
        }
        return names.isEmpty()
                ? settings
                : new NotificationSettings(
                        settings.channels().stream()
                                .filter(channel -> names.contains(channel.name()))
                                .toList(),
                        List.of());
    }

    private int follow() throws InterruptedException {
        if (names.size() != 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    names.isEmpty()
                            ? "Missing required parameter: 'RUN', whose notifications are sent, or --test"
                            : "Cannot follow " + names.size() + " runs at once: " + String.join(", ", names));
        }
        String name = workdir.takeName(names.getFirst());
        Workspace workspace = workdir.change();
        RunFolder run = RunTarget.findLast(workspace, name);
        Printer err = Printer.err(spec.commandLine());
        Channels channels = Channels.open(channels(), System.getenv(), err::line);
        if (channels.isEmpty()) {
            return ExitCode.SOFTWARE;
        }
        if (run.description().filter(json -> RunFolder.hasEnded(json.keys())).isPresent()) {
            throw WorkspaceException.of("The run " + run.qualifiedName() + " has ended, so nothing is sent about it")
                    .advice("start this command once the next run has begun")
                    .build();
        }
        err.line("Notifications about the run " + run.qualifiedName() + " are sent until it ends");
        return Notifier.start(run, channels, err::line).await() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
