package org.experimaestro.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.finder.LauncherFile;
import org.experimaestro.finder.LauncherTypes;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code experimaestro launchers list}: the launchers of the launcher file. */
@Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the launchers of the launcher file.")
public final class LaunchersListCommand implements Callable<Integer> {
    @Mixin
    private final LauncherFileOption file = new LauncherFileOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** The command. */
    public LaunchersListCommand() {}

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        Path path = file.path();
        if (!Files.exists(path)) {
            out.println("There is no launcher file " + path + ": jobs run on this machine.");
            out.println("\"experimaestro launchers generate\" writes one.");
            out.flush();
            return ExitCode.OK;
        }
        LauncherFile read = LauncherFile.read(path, LauncherTypes.installed());
        out.println(read.label());
        TextTable table = new TextTable("NAME", "TYPE", "CONNECTOR", "PRIORITY", "TAGS", "PARTITIONS", "HOSTS");
        for (LauncherFile.Summary launcher : read.summaries()) {
            String tags = String.join(", ", launcher.tags());
            table.add(
                    new TextTable.Cell(launcher.name(), "bold"),
                    TextTable.Cell.of(launcher.type()),
                    TextTable.Cell.of(launcher.connector().orElse("")),
                    TextTable.Cell.of(launcher.priority() == 0 ? "" : String.valueOf(launcher.priority())),
                    TextTable.Cell.of(launcher.onlyTagged() ? ("only " + tags).strip() : tags),
                    TextTable.Cell.of(String.join(", ", launcher.partitions())),
                    TextTable.Cell.of(String.join(", ", launcher.hosts())));
        }
        table.lines(spec.commandLine().getColorScheme().ansi()).forEach(out::println);
        out.flush();
        return ExitCode.OK;
    }
}
