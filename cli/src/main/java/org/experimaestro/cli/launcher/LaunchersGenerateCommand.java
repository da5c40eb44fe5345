package org.experimaestro.cli.launcher;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.LaunchException;
import org.experimaestro.cli.option.LauncherFileOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.finder.LauncherFileMaker;
import org.experimaestro.finder.LauncherTypes;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro launchers generate}, which writes the launcher file. */
@Command(
        name = "generate",
        mixinStandardHelpOptions = true,
        description = {
            "Writes the launcher file from what this machine, or a host that ssh leads to, says of itself: its batch system"
                    + " if it has one, else its cores, memory and accelerators.",
            "A file that is there is left as it is, unless --force is given."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro launchers generate",
            "  experimaestro launchers generate --ssh login.example.org --output cluster.yaml"
        })
public final class LaunchersGenerateCommand implements Callable<Integer> {
    private static final String STANDARD_OUTPUT = "-";

    @Option(
            names = "--type",
            paramLabel = "TYPE",
            description = "Only launchers of this type, such as slurm, pbs or direct. Default: what is there.")
    private @Nullable String type;

    @Option(names = "--ssh", paramLabel = "HOST", description = "Describe this host, and send jobs there with ssh.")
    private @Nullable String host;

    @Option(
            names = {"-o", "--output"},
            paramLabel = "FILE",
            description = "Where to write, - for the standard output. Default: the usual place of the launcher file.")
    private @Nullable String output;

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public LaunchersGenerateCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Printer out = Printer.out(spec.commandLine());
        boolean isPrinted = STANDARD_OUTPUT.equals(output);
        Path file =
                output == null ? LauncherFileOption.usual() : Path.of(output).toAbsolutePath();
        if (!isPrinted && !force && Files.exists(file)) {
            throw LaunchException.of("there is a launcher file already: " + file)
                    .advice("use --force to replace it, or \"-o -\" to see what would be written")
                    .build();
        }
        LauncherFileMaker maker = new LauncherFileMaker(LauncherTypes.installed());
        String text = host == null ? maker.here(type) : maker.over(host, type);
        if (!isPrinted) {
            LauncherFileMaker.write(file, text, force);
            out.line("Wrote " + file + ":");
        }
        out.text(text);
        return ExitCode.OK;
    }
}
