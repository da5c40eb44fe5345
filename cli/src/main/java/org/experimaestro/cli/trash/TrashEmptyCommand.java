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
            "Deletes entries of the trash for good, and the shared and computed folders that no job needs any longer, neither"
                    + " in the workspace nor in the trash.",
            "Prints them first, and asks.",
            "What a link in the trash leads to stays."
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

    private boolean isComplete = true;

    @Override
    public Integer call() {
        Workspace workspace = argument.change();
        Trash trash = new Trash(workspace);
        SharedFolders folders = new SharedFolders(workspace);
        Instant before = Instant.now().minus(age);
        List<TrashEntry> old =
                trash.entries().stream().filter(entry -> isOlder(entry, before)).toList();
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        List<String> unused = new ArrayList<>();
        attempt(err, () -> {
            if (!dryRun) {
                folders.sweep();
            }
            unused.addAll(folders.unused(old));
        });
        old.forEach(entry -> out.line(text(entry)));
        unused.forEach(folder -> out.line(folder + ", which no job uses any longer"));
        if (old.isEmpty() && unused.isEmpty()) {
            err.line("The trash has nothing to delete");
            return exitCode();
        }
        if (dryRun) {
            return exitCode();
        }
        if (!confirmation.isGiven("delete " + counted(old.size(), unused.size()) + " for good")) {
            err.line("Nothing was deleted");
            return ExitCode.SOFTWARE;
        }
        try (TrashChange change = trash.change()) {
            List<TrashEntry> deleted = delete(change, old, err);
            if (!old.isEmpty()) {
                out.line("Deleted: " + counted(deleted.size(), 0));
            }
            attempt(err, () -> {
                SharedFolders.Deletion deletion = folders.delete(unused);
                deletion.deleted().forEach(folder -> out.line("Deleted: " + folder));
                deletion.failures().forEach(failed -> fail(err, failed));
            });
        }
        return exitCode();
    }

    /** Deletes entries, and returns those that are deleted. */
    private List<TrashEntry> delete(TrashChange change, List<TrashEntry> shown, Printer err) {
        List<TrashEntry> deleted = new ArrayList<>();
        for (TrashEntry entry : shown) {
            attempt(err, () -> {
                change.delete(entry);
                deleted.add(entry);
            });
        }
        return deleted;
    }

    /** Does one part of the work; if it fails, the others are done all the same. */
    private void attempt(Printer err, Runnable part) {
        try {
            part.run();
        } catch (WorkspaceException failed) {
            fail(err, failed);
        }
    }

    private void fail(Printer err, WorkspaceException failed) {
        isComplete = false;
        err.error(String.valueOf(failed.getMessage()));
    }

    private int exitCode() {
        return isComplete ? ExitCode.OK : ExitCode.SOFTWARE;
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

    private static String counted(int entries, int folders) {
        String ofEntries = entries + (entries == 1 ? " entry" : " entries");
        String ofFolders = folders + (folders == 1 ? " unused folder" : " unused folders");
        return folders == 0 ? ofEntries : entries == 0 ? ofFolders : ofEntries + " and " + ofFolders;
    }
}
