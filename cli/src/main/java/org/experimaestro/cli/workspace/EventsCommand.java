package org.experimaestro.cli.workspace;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.monitor.event.EventStream;
import org.experimaestro.monitor.event.WorkspaceEvent;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.index.WorkspaceWatch;
import org.experimaestro.settings.ExperimentFile;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** The command {@code experimaestro events}. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what has happened in a workspace, in the order of time: starts and ends of runs, phases of jobs in runs,"
                    + " and states of jobs.",
            "With --follow it goes on with changes of runs, jobs, progress and metrics, also while no plan runs.",
            "It ends with Ctrl-C, or at the next event after the reader of its output has ended."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro events --json debug.yaml",
            "  experimaestro events --follow --json --since 2026-11-28T09:00:00Z | jq -c 'select(.after == \"failed\")'"
        })
public final class EventsCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Parameters(
            paramLabel = "FILE.yaml",
            arity = "0..1",
            description = "The file of an experiment: only its runs and jobs, in its workspace.")
    private @Nullable String file;

    @Option(
            names = {"-f", "--follow"},
            description = "Go on with what happens from now on.")
    private boolean follow;

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description =
                    "Only events at this time or later, such as 2026-11-28T09:00:00Z or 2026-11-28T10:00:00+01:00."
                            + " A client that comes back gives the time of the last event that it has seen.")
    private Instant since = Instant.MIN;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Set<String> ours = new HashSet<>();

    public EventsCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        workdir.takeOnlyFile(file);
        String experiment = workdir.file().map(ExperimentFile::id).orElse(null);
        Workspace workspace = follow ? workdir.follow() : workdir.view();
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        Printer err = Printer.err(spec.commandLine());
        EventStream stream = new EventStream(workspace, index, Clock.systemUTC(), err::warning);
        stream.past().stream()
                .filter(event -> isOf(experiment, event, index))
                .filter(event -> !event.time().isBefore(since))
                .forEach(this::print);
        index.view().problems().forEach(err::warning);
        if (index.isWorthStoring()) {
            index.store();
        }
        if (follow) {
            follow(stream, index, experiment);
        }
        return ExitCode.OK;
    }

    private void follow(EventStream stream, WorkspaceIndex index, @Nullable String experiment)
            throws InterruptedException {
        CountDownLatch readerGone = new CountDownLatch(1);
        index.listen(changes -> {
            stream.of(changes).stream()
                    .filter(event -> isOf(experiment, event, index))
                    .forEach(this::print);
            if (spec.commandLine().getOut().checkError()) {
                readerGone.countDown();
            }
        });
        if (spec.commandLine().getOut().checkError()) {
            return;
        }
        try (WorkspaceWatch watch = WorkspaceWatch.start(index)) {
            watch.wake();
            readerGone.await();
        }
    }

    private void print(WorkspaceEvent event) {
        Printer.out(spec.commandLine()).line(json ? EventTexts.json(event) : EventTexts.text(event));
    }

    /** Returns whether an event is of an experiment; {@code null} is any. A deleted job is known by its earlier events. */
    private boolean isOf(@Nullable String experiment, WorkspaceEvent event, WorkspaceIndex index) {
        return experiment == null
                || switch (event) {
                    case WorkspaceEvent.RunChange run -> run.experiment().equals(experiment);
                    case WorkspaceEvent.PhaseChange phase -> phase.experiment().equals(experiment);
                    case WorkspaceEvent.JobChange job ->
                        index.job(job.job())
                                        .filter(view -> view.experiments().contains(experiment))
                                        .map(view -> ours.add(job.job()))
                                        .isPresent()
                                || ours.contains(job.job());
                };
    }

    /** A converter of a time with its offset from UTC. */
    private static final class TimeConverter implements ITypeConverter<Instant> {
        @Override
        public Instant convert(String text) {
            try {
                return OffsetDateTime.parse(text.strip()).toInstant();
            } catch (DateTimeException wrong) {
                throw new TypeConversionException("\"" + text
                        + "\" is not a time with its offset from UTC; write it as 2026-11-28T09:00:00Z, or as \"date -Is\""
                        + " prints it");
            }
        }
    }
}
