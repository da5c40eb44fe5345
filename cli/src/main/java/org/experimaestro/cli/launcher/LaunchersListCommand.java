package org.experimaestro.cli.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.LauncherFileOption;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.finder.LauncherFile;
import org.experimaestro.finder.LauncherTypes;
import org.experimaestro.settings.UserSettings;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro launchers list}, which prints the launchers of the launcher file. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the launchers of the launcher file.",
        footer = {"", "Examples:", "  experimaestro launchers list"})
public final class LaunchersListCommand implements Callable<Integer> {
    @Mixin
    private final LauncherFileOption file = new LauncherFileOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public LaunchersListCommand() {}

    @Override
    public Integer call() {
        Printer out = Printer.out(spec.commandLine());
        Path path = file.path();
        if (!Files.exists(path)) {
            out.line("There is no launcher file " + path + ": jobs run on this machine.");
            out.line("\"experimaestro launchers generate\" writes one.");
            return ExitCode.OK;
        }
        LauncherFile read = LauncherFile.read(path, LauncherTypes.installed(), UserSettings.current());
        out.line(read.label());
        TextTable table = new TextTable("NAME", "TYPE", "CONNECTOR", "PRIORITY", "TAGS", "PARTITIONS", "HOSTS");
        for (LauncherFile.Summary launcher : read.summaries()) {
            String labels = String.join(", ", launcher.labels());
            table.add(
                    Line.of(launcher.name(), "bold"),
                    Line.of(launcher.type()),
                    Line.of(launcher.connector().orElse("")),
                    Line.of(launcher.priority() == 0 ? "" : String.valueOf(launcher.priority())),
                    Line.of(launcher.onlyLabeled() ? ("only " + labels).strip() : labels),
                    Line.of(String.join(", ", launcher.partitions())),
                    Line.of(String.join(", ", launcher.hosts())));
        }
        table.lines().forEach(out::line);
        return ExitCode.OK;
    }
}
