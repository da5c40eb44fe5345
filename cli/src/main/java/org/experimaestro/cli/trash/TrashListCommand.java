package org.experimaestro.cli.trash;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.cli.web.LinkOption;
import org.experimaestro.core.json.Json;
import org.experimaestro.web.address.PageScreen;
import org.experimaestro.web.address.PageView;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro trash list}. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists the entries of the trash, the oldest first: what one command has cleaned is one entry.",
        footer = {"", "Examples:", "  experimaestro trash list", "  experimaestro trash list --json"})
final class TrashListCommand implements Callable<Integer> {
    private static final int LONGEST_ITEMS = 100;

    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Option(names = "--json", description = "Print one JSON object a line.")
    private boolean json;

    @Mixin
    private final LinkOption link = new LinkOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Workspace workspace = argument.view();
        Optional<PageView> page = Optional.of(PageView.of(PageScreen.TRASH));
        if (link.isOnly()) {
            return link.print(workspace, page);
        }
        List<TrashEntry> entries = new Trash(workspace).entries();
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            entries.forEach(entry -> out.line(json(entry)));
        } else if (entries.isEmpty()) {
            Printer.err(spec.commandLine()).line("The trash of " + workspace + " is empty");
        } else {
            table(entries).forEach(out::line);
        }
        if (!json) {
            link.show(workspace, page);
        }
        return ExitCode.OK;
    }

    private static List<Line> table(List<TrashEntry> entries) {
        DateTimeFormatter time =
                DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneId.systemDefault());
        TextTable table = new TextTable("ENTRY", "CLEANED", "USER", "SIZE", "COMMAND", "JOBS AND RUNS");
        for (TrashEntry entry : entries) {
            Instant cleaned = entry.time();
            String items = String.join(
                    ", ", entry.items().stream().map(TrashEntry.Item::name).toList());
            table.add(
                    Line.of(entry.name()),
                    Line.of(cleaned == null ? "" : time.format(cleaned)),
                    Line.of(entry.user()),
                    Line.of(ValueTexts.size(entry.size())),
                    Line.of(ValueTexts.cut(entry.command(), LONGEST_ITEMS)),
                    Line.of(entry.items().size() + ": " + ValueTexts.cut(items, LONGEST_ITEMS)));
        }
        return table.lines();
    }

    private static String json(TrashEntry entry) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        Instant cleaned = entry.time();
        json.put("entry", entry.name());
        json.put("time", cleaned == null ? null : cleaned.toString());
        json.put("user", entry.user());
        json.put("command", entry.command());
        json.put("bytes", entry.size());
        json.put("jobs", names(entry, TrashEntry.Kind.JOB));
        json.put("runs", names(entry, TrashEntry.Kind.RUN));
        json.put("folder", entry.path().toString());
        return Json.writeLine(json);
    }

    private static List<String> names(TrashEntry entry, TrashEntry.Kind kind) {
        return entry.items().stream()
                .filter(item -> item.kind() == kind)
                .map(TrashEntry.Item::name)
                .toList();
    }
}
