package org.experimaestro.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.Confirmation;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.action.JobDump;
import org.experimaestro.workspace.JobFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro jobs dump}. */
@Command(
        name = "dump",
        mixinStandardHelpOptions = true,
        description = {
            "Writes what the process of a job does now into a file of the job, and lets it go on: the stacks of its"
                    + " threads, or its heap.",
            "The job must run on this host, as your process."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro jobs dump 2804b8d4",
            "  experimaestro jobs dump 2804b8d4 --heap --yes"
        })
final class JobsDumpCommand implements Callable<Integer> {
    @Mixin
    private final JobArgument argument = new JobArgument();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @ArgGroup
    private @Nullable Part part;

    private static final class Part {
        @Option(names = "--threads", description = "The stacks of its threads, which are printed, too. The default.")
        private boolean threads;

        @Option(
                names = "--heap",
                description =
                        "All objects of its heap, for a tool such as VisualVM. The process stands still meanwhile,"
                                + " and the file is about as large as its memory. Needs --yes without a terminal.")
        private boolean heap;
    }

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException, IOException {
        JobFolder job = argument.findToChange();
        JobDump dump = new JobDump(job, Path.of(System.getProperty("java.home")));
        JobDump.Target target = dump.find();
        Printer out = Printer.out(spec.commandLine());
        if (part == null || part.threads || !part.heap) {
            JobDump.Threads threads = dump.threads(target);
            threads.text().ifPresent(text -> text.lines().forEach(out::line));
            out.line(
                    threads.text().isPresent()
                            ? "Written to " + threads.file()
                            : "There is no jcmd, so the process prints them into its log: " + threads.file());
            return ExitCode.OK;
        }
        Printer err = Printer.err(spec.commandLine());
        if (target.memory().isPresent()) {
            err.line("The heap takes at most about "
                    + ValueTexts.size(target.memory().getAsLong()) + "; there is room for "
                    + ValueTexts.size(target.room()));
        }
        if (!confirmation.isGiven("dump the heap of " + job.name() + ", which stands still meanwhile")) {
            err.line("Nothing was dumped");
            return ExitCode.SOFTWARE;
        }
        Path file = dump.heap(target);
        out.line("Written to " + file + ", " + ValueTexts.size(Files.size(file)));
        return ExitCode.OK;
    }
}
