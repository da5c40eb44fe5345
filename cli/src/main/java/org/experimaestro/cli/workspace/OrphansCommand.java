package org.experimaestro.cli.workspace;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.base.file.Folders;
import org.experimaestro.cli.option.StateConverter;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.JobUses;
import org.experimaestro.monitor.storage.Orphans;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Incoming;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro orphans}. */
@Command(
        name = "orphans",
        mixinStandardHelpOptions = true,
        description = {
            "Lists what nothing refers to: jobs that no run has submitted, active jobs that only former runs have"
                    + " submitted, code that no job uses, logs of batches without jobs, and what interrupted copies have left.",
            "The same copy goes on with what is left; its folder can also be deleted.",
            "jobs clean --orphans moves the jobs to the trash; jobs kill ends the active ones."
        },
        footer = {"", "Examples:", "  experimaestro orphans", "  experimaestro orphans --json"})
public final class OrphansCommand implements Callable<Integer> {
    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public OrphansCommand() {}

    @Override
    public Integer call() {
        Workspace workspace = argument.view();
        Optional<PageView> page = Optional.of(PageView.of(PageScreen.ORPHANS));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        JobsView view = WorkspaceIndex.open(workspace).view();
        Orphans orphans = Orphans.find(workspace, view, JobUses.of(view));
        List<Part> parts = new ArrayList<>();
        orphans.jobs().forEach(job -> parts.add(Part.of("job", job)));
        orphans.stray().forEach(job -> parts.add(Part.of("stray job", job)));
        orphans.code().forEach(code -> parts.add(Part.of("code", code)));
        orphans.batches().forEach(batch -> parts.add(Part.of("batch", batch)));
        Incoming.left(workspace).forEach(copy -> parts.add(Part.of("copy", copy)));
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        if (json) {
            parts.forEach(part -> out.line(part.json()));
        } else if (parts.isEmpty()) {
            err.line("Everything in " + workspace + " is referred to");
        } else {
            TextTable table = new TextTable("KIND", "NAME", "STATE", "SIZE");
            parts.forEach(part -> part.addTo(table));
            table.lines().forEach(out::line);
        }
        orphans.problems().forEach(err::warning);
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    /** A part of the workspace that nothing refers to. Only a job has a state. */
    private record Part(String kind, String name, @Nullable String state, Path path) {
        static Part of(String kind, JobView job) {
            return new Part(
                    kind,
                    job.name(),
                    StateConverter.name(job.state()),
                    job.folder().path());
        }

        static Part of(String kind, Path path) {
            return new Part(kind, String.valueOf(path.getFileName()), null, path);
        }

        void addTo(TextTable table) {
            table.add(
                    Line.of(kind),
                    Line.of(name),
                    Line.of(state == null ? "" : state),
                    Line.of(ValueTexts.size(Folders.size(path))));
        }

        String json() {
            Map<String, @Nullable Object> json = new LinkedHashMap<>();
            json.put("kind", kind);
            json.put("name", name);
            json.put("state", state);
            json.put("bytes", Folders.size(path));
            json.put("path", path.toString());
            return Json.writeLine(json);
        }
    }
}
