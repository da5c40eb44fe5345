package org.experimaestro.cli.copy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.copy.bundle.BundleFile;
import org.experimaestro.core.file.HomeFolder;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro bundle verify}. */
@Command(
        name = "verify",
        mixinStandardHelpOptions = true,
        description = "Compares all files of a bundle with its list of digests, and prints each that differs.",
        footer = {"", "Examples:", "  experimaestro bundle verify results.zip"})
final class BundleVerifyCommand implements Callable<Integer> {
    @Parameters(paramLabel = "BUNDLE", description = "The zip file.")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path expanded = HomeFolder.expand(file.toString());
        try (BundleFile bundle = BundleFile.open(expanded)) {
            List<String> problems = bundle.verify();
            problems.forEach(problem -> Printer.err(spec.commandLine()).error(expanded + ": " + problem));
            if (problems.isEmpty()) {
                Printer.out(spec.commandLine())
                        .line(expanded + " is intact: " + BundleCreateCommand.count(bundle.jobs(), "job") + ", "
                                + BundleCreateCommand.count(bundle.runs(), "run"));
            }
            return problems.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        }
    }
}
