package org.experimaestro.cli.workspace;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Line;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.TextTable;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.core.json.Json;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.storage.DiskUse;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro du}. */
@Command(
        name = "du",
        mixinStandardHelpOptions = true,
        description = {
            "Prints how large the files of a workspace are: by experiment, by type of job, the code, the trash.",
            "Each job counts once in the total: jobs that several experiments have submitted are a part of their own."
        },
        footer = {"", "Examples:", "  experimaestro du", "  experimaestro du --json"})
public final class DiskUseCommand implements Callable<Integer> {
    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Option(names = "--json", description = "Print one JSON object, with sizes in bytes.")
    private boolean json;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    public DiskUseCommand() {}

    @Override
    public Integer call() {
        Workspace workspace = argument.view();
        DiskUse use = DiskUse.of(workspace, WorkspaceIndex.open(workspace).view());
        Printer out = Printer.out(spec.commandLine());
        if (json) {
            out.line(json(use));
            return ExitCode.OK;
        }
        TextTable table = new TextTable("PART", "NAME", "JOBS", "SIZE");
        use.experiments().forEach((name, part) -> add(table, "experiment", name, part));
        addUsed(table, "several experiments", use.shared());
        addUsed(table, "no experiment", use.others());
        addUsed(table, "code", use.code());
        addUsed(table, "batches", use.batches());
        addUsed(table, "trash", use.trash());
        add(table, "total", "", use.total());
        use.types().forEach((name, part) -> add(table, "type", name, part));
        table.lines().forEach(out::line);
        return ExitCode.OK;
    }

    /** Adds a part, unless there is nothing in it. */
    private static void addUsed(TextTable table, String kind, DiskUse.Part part) {
        if (part.jobs() > 0 || part.bytes() > 0) {
            add(table, kind, "", part);
        }
    }

    private static void add(TextTable table, String kind, String name, DiskUse.Part part) {
        table.add(
                Line.of(kind),
                Line.of(name),
                Line.of(part.jobs() == 0 ? "" : Integer.toString(part.jobs())),
                Line.of(ValueTexts.size(part.bytes())));
    }

    private static String json(DiskUse use) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("experiments", json(use.experiments()));
        json.put("shared", json(use.shared()));
        json.put("others", json(use.others()));
        json.put("types", json(use.types()));
        json.put("code", json(use.code()));
        json.put("batches", json(use.batches()));
        json.put("trash", json(use.trash()));
        json.put("total", json(use.total()));
        return Json.writeLine(json);
    }

    private static Map<String, Object> json(Map<String, DiskUse.Part> parts) {
        Map<String, Object> json = new LinkedHashMap<>();
        parts.forEach((name, part) -> json.put(name, json(part)));
        return json;
    }

    private static Map<String, Object> json(DiskUse.Part part) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("jobs", part.jobs());
        json.put("bytes", part.bytes());
        return json;
    }
}
