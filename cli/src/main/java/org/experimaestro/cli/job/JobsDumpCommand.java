package org.experimaestro.cli.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.Confirmation;
import org.experimaestro.cli.option.JobArgument;
import org.experimaestro.cli.option.Launchers;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.engine.batch.HostDump;
import org.experimaestro.engine.batch.RunBatchClients;
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
            "The job must run on this host, or on the host of a launcher with a connector, as your process."
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
        if (job.status().findBatchJob().isPresent()) {
            try (RunBatchClients clients = Launchers.clients()) {
                Optional<HostDump> there = clients.findDump(argument.workspace(), job);
                if (there.isPresent()) {
                    return dump(job, there.get());
                }
            }
        }
        return dumpHere(job);
    }

    /** Dumps a job on the host of a connector. */
    private int dump(JobFolder job, HostDump dump) throws InterruptedException, IOException {
        HostDump.Target target = dump.find();
        if (isOfThreads()) {
            HostDump.Threads threads = dump.threads(target);
            tell(threads.text(), threads.file());
            return ExitCode.OK;
        }
        return isConfirmed(job, target.memory(), target.room()) ? tell(dump.heap(target)) : refused();
    }

    private int dumpHere(JobFolder job) throws InterruptedException, IOException {
        JobDump dump = new JobDump(job, Path.of(System.getProperty("java.home")));
        JobDump.Target target = dump.find();
        if (isOfThreads()) {
            JobDump.Threads threads = dump.threads(target);
            tell(threads.text(), threads.file());
            return ExitCode.OK;
        }
        boolean isConfirmed = isConfirmed(job, target.memory(), OptionalLong.of(target.room()));
        return isConfirmed ? tell(dump.heap(target)) : refused();
    }

    private boolean isOfThreads() {
        return part == null || part.threads || !part.heap;
    }

    private void tell(Optional<String> stacks, Path file) {
        Printer out = Printer.out(spec.commandLine());
        stacks.ifPresent(text -> text.lines().forEach(out::line));
        out.line(
                stacks.isPresent()
                        ? "Written to " + file
                        : "There is no jcmd, so the process prints them into its log: " + file);
    }

    private boolean isConfirmed(JobFolder job, OptionalLong memory, OptionalLong room) {
        if (memory.isPresent() && room.isPresent()) {
            Printer.err(spec.commandLine())
                    .line("The heap takes at most about " + ValueTexts.size(memory.getAsLong()) + "; there is room for "
                            + ValueTexts.size(room.getAsLong()));
        }
        return confirmation.isGiven("dump the heap of " + job.name() + ", which stands still meanwhile");
    }

    private int tell(Path file) throws IOException {
        Printer.out(spec.commandLine()).line("Written to " + file + ", " + ValueTexts.size(Files.size(file)));
        return ExitCode.OK;
    }

    private int refused() {
        Printer.err(spec.commandLine()).line("Nothing was dumped");
        return ExitCode.SOFTWARE;
    }
}
