package org.experimaestro.cli.copy;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.cli.plan.Version;
import org.experimaestro.copy.CopySource;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.bundle.BundleWriter;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro bundle create}. */
@Command(
        name = "create",
        mixinStandardHelpOptions = true,
        description = {
            "Writes jobs and runs into one zip file: all, or those that are selected, with the jobs from whose results they"
                    + " were made, their code, and a list of all files with their digests.",
            "Two bundles of the same results have the same bytes. Every command that looks at a workspace opens a bundle, as"
                    + " in: experimaestro jobs list --workdir results.zip"
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro bundle create results.zip",
            "  experimaestro bundle create --run grid/latest results.zip"
        })
final class BundleCreateCommand implements Callable<Integer> {
    @Mixin
    private final CopyOptions options = new CopyOptions();

    @Parameters(
            paramLabel = "[FILE.yaml] OUT.zip [ID...|FILTER]",
            arity = "1..*",
            hideParamSyntax = true,
            description = "The file to write. Behind it, the first digits of jobs' identifiers, or TYPE/DIGITS; or a"
                    + " filter, such as state=done. Before it, the file of the experiment whose workspace is meant, and"
                    + " whose jobs and runs, if no identifier is given.")
    private List<String> words = List.of();

    @Option(names = "--force", description = "Replace a file that is there.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        String name = options.take(words, "OUT.zip");
        try (CopySource source = options.open()) {
            if (!name.endsWith(Workspace.BUNDLE_END)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "The name of a bundle ends with " + Workspace.BUNDLE_END + ", not as in " + name);
            }
            Path file = HomeFolder.expand(name);
            BundleWriter.Result result =
                    new BundleWriter(source, Version.text()).write(options.select(source), file, force);
            for (CopyStep.Refused left : result.refused()) {
                Printer.err(spec.commandLine())
                        .error(String.valueOf(left.reason().getMessage()));
            }
            Printer.out(spec.commandLine())
                    .line(file + ": " + count(result.jobs(), "job") + ", " + count(result.runs(), "run") + ", "
                            + ValueTexts.size(result.bytes()));
            return result.refused().isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (UnreachableException lost) {
            Printer.err(spec.commandLine()).error(String.valueOf(lost.getMessage()));
            return ExitCode.SOFTWARE;
        } finally {
            options.close();
        }
    }

    static String count(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : "s");
    }
}
