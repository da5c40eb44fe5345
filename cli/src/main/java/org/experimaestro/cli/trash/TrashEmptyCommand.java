package org.experimaestro.cli.trash;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.option.AgeConverter;
import org.experimaestro.cli.option.Confirmation;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.output.ValueTexts;
import org.experimaestro.workspace.Trash;
import org.experimaestro.workspace.TrashChange;
import org.experimaestro.workspace.TrashEntry;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.shared.SharedFolders;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro trash empty}. */
@Command(
        name = "empty",
        mixinStandardHelpOptions = true,
        description = {
            "Deletes entries of the trash for good. Prints them first, and asks.",
            "What a link in the trash leads to stays.",
            "Then deletes the shared and computed folders that no job needs, neither in the workspace nor in the trash."
        },
        footer = {"", "Examples:", "  experimaestro trash empty --older-than 30d --dry-run"})
final class TrashEmptyCommand implements Callable<Integer> {
    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Mixin
    private final Confirmation confirmation = new Confirmation();

    @Option(
            names = "--older-than",
            paramLabel = AgeConverter.FORM,
            converter = AgeConverter.class,
            description = "Only entries that were cleaned longer ago, such as 7d. Default: all.")
    private Duration age = Duration.ZERO;

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print what would be deleted; delete nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Workspace workspace = argument.change();
        Trash trash = new Trash(workspace);
        Instant before = Instant.now().minus(age);
        List<TrashEntry> old =
                trash.entries().stream().filter(entry -> isOlder(entry, before)).toList();
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        if (old.isEmpty()) {
            err.line("The trash has nothing to delete");
            return ExitCode.OK;
        }
        old.forEach(entry -> out.line(text(entry)));
        if (dryRun) {
            return ExitCode.OK;
        }
        if (!confirmation.isGiven("delete " + counted(old) + " for good")) {
            err.line("Nothing was deleted");
            return ExitCode.SOFTWARE;
        }
        List<TrashEntry> deleted = delete(trash, old, err);
        out.line("Deleted: " + counted(deleted));
        deleteUnusedFolders(workspace, out, err);
        return deleted.size() == old.size() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    /** Deletes entries, and returns those that are deleted. */
    private static List<TrashEntry> delete(Trash trash, List<TrashEntry> shown, Printer err) {
        List<TrashEntry> deleted = new ArrayList<>();
        try (TrashChange change = trash.change()) {
            for (TrashEntry entry : shown) {
                try {
                    change.delete(entry);
                    deleted.add(entry);
                } catch (WorkspaceException failed) {
                    err.error(String.valueOf(failed.getMessage()));
                }
            }
        }
        return deleted;
    }

    /** Deletes the shared folders that no job needs any longer, since its jobs are deleted. */
    private static void deleteUnusedFolders(Workspace workspace, Printer out, Printer err) {
        try {
            for (String folder : new SharedFolders(workspace).deleteUnused()) {
                out.line("Deleted: " + folder + ", which no job uses any longer");
            }
        } catch (WorkspaceException failed) {
            err.error(String.valueOf(failed.getMessage()));
        }
    }

    private boolean isOlder(TrashEntry entry, Instant before) {
        Instant cleaned = entry.time();
        return age.isZero() || cleaned != null && !cleaned.isAfter(before);
    }

    private static String text(TrashEntry entry) {
        return entry.name() + "  " + ValueTexts.size(entry.size()) + "  "
                + String.join(
                        ", ", entry.items().stream().map(TrashEntry.Item::name).toList());
    }

    private static String counted(List<TrashEntry> entries) {
        return entries.size() + (entries.size() == 1 ? " entry" : " entries");
    }
}
