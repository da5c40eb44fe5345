package org.experimaestro.cli.workspace;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.option.WorkdirOption;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro orphans}. */
@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what nothing refers to: jobs that no run has submitted, active jobs that only former runs have"
                    + " submitted, code that no job uses, and logs of batches without jobs.",
            "jobs clean --orphans moves the jobs to the trash; jobs kill ends the active ones."
        })
public final class OrphansCommand implements Callable<Integer> {
    @Mixin
    private final WorkdirOption workdir = new WorkdirOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public OrphansCommand() {}

    @Override
    public Integer call() {
        Workspace workspace = workdir.view();
        JobsView view = WorkspaceIndex.open(workspace).view();
        Orphans orphans = Orphans.find(workspace, view, JobUses.of(view));
        TextTable table = new TextTable("KIND", "NAME", "STATE", "SIZE");
        orphans.jobs().forEach(job -> add(table, "job", job));
        orphans.stray().forEach(job -> add(table, "stray job", job));
        orphans.code().forEach(code -> add(table, "code", code));
        orphans.batches().forEach(batch -> add(table, "batch", batch));
        Printer err = Printer.err(spec.commandLine());
        if (table.lines().size() == 1) {
            err.line("Everything in " + workspace + " is referred to");
        } else {
            table.lines().forEach(Printer.out(spec.commandLine())::line);
        }
        orphans.problems().forEach(err::warning);
        return ExitCode.OK;
    }

    private static void add(TextTable table, String kind, JobView job) {
        table.add(
                Line.of(kind),
                Line.of(job.name()),
                Line.of(StateConverter.name(job.state())),
                Line.of(ValueTexts.size(Folders.size(job.folder().path()))));
    }

    private static void add(TextTable table, String kind, Path path) {
        table.add(
                Line.of(kind),
                Line.of(String.valueOf(path.getFileName())),
                Line.of(""),
                Line.of(ValueTexts.size(Folders.size(path))));
    }
}
