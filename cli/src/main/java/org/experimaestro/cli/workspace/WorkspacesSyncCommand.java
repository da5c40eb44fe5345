package org.experimaestro.cli.workspace;

import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import org.experimaestro.cli.option.WorkspaceArgument;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.copy.folder.FolderRule;
import org.experimaestro.copy.folder.FolderSync;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.Workspace;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro workspaces sync}. */
@Command(
        name = "sync",
        mixinStandardHelpOptions = true,
        description = {
            "Backs up and moves the done jobs of a workspace, by the rules under folders: of its settings. A run does the"
                    + " same at its end.",
            "A job that is there is left alone, and a copy is compared by content before its source is removed. If the command"
                    + " is interrupted, the same command goes on."
        },
        footer = {
            "",
            "Examples:",
            "  experimaestro workspaces sync --dry-run",
            "  experimaestro workspaces sync debug.yaml"
        })
final class WorkspacesSyncCommand implements Callable<Integer> {
    @Mixin
    private final WorkspaceArgument argument = new WorkspaceArgument();

    @Option(
            names = {"-n", "--dry-run"},
            description = "Print how many jobs would be copied, and their size; change nothing.")
    private boolean dryRun;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        Workspace workspace = dryRun ? argument.view() : argument.change();
        UserSettings user = UserSettings.current();
        Printer out = Printer.out(spec.commandLine());
        Printer err = Printer.err(spec.commandLine());
        SyncReport report = new SyncReport(out, err);
        List<FolderRule> rules =
                FolderRules.of(WorkspaceSettings.read(workspace.root(), user), user, report::warning).stream()
                        .filter(rule -> rule.kind() == FolderRule.Kind.BACKUP || rule.kind() == FolderRule.Kind.MOVE)
                        .toList();
        if (rules.isEmpty()) {
            err.line("The settings of " + workspace + " have no folder to back up or move to; write"
                    + " \"folders: [{backup: /archive/work}]\" in its settings.yaml");
            return ExitCode.OK;
        }
        FolderSync sync = new FolderSync(workspace, WorkspaceIndex.open(workspace), InstantSource.system(), report);
        for (FolderRule rule : rules) {
            sync.follow(rule, job -> true, dryRun);
            report.print(rule, dryRun, true);
        }
        report.printLeftOut();
        return report.isComplete() ? ExitCode.OK : ExitCode.SOFTWARE;
    }
}
