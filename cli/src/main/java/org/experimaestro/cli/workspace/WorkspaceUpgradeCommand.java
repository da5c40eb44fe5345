package org.experimaestro.cli.workspace;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.core.file.HomeFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceUpgrade;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code experimaestro workspaces upgrade}. */
@Command(
        name = "upgrade",
        mixinStandardHelpOptions = true,
        description = {
            "Converts a workspace of an earlier format to that of this version, in its place: no job runs again.",
            "Refuses while jobs or runs go on. If it is interrupted, the same command goes on."
        },
        footer = {"", "Examples:", "  experimaestro workspaces upgrade ~/experimaestro --dry-run"})
final class WorkspaceUpgradeCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "DIR", description = "The workspace.")
    private Path folder = Path.of("");

    @Option(names = "--dry-run", description = "Print what would be converted; write nothing.")
    private boolean dryRun;

    @Option(
            names = "--runs-have-ended",
            description = "You have seen to it that no run goes on: runs of other hosts that have not written their end"
                    + " count as killed.")
    private boolean runsHaveEnded;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Path workspace = HomeFolder.expand(folder.toString()).toAbsolutePath().normalize();
        WorkspaceUpgrade upgrade = new WorkspaceUpgrade(workspace, runsHaveEnded);
        WorkspaceUpgrade.Report report = dryRun ? upgrade.preview() : upgrade.run();
        Printer out = Printer.out(spec.commandLine());
        report.runs().forEach((from, to) -> out.line("run " + from + (dryRun ? " would become " : " is now ") + to));
        report.problems().forEach(problem -> Printer.err(spec.commandLine()).warning(problem + "; it stays as it is"));
        out.line(summary(report, workspace));
        return ExitCode.OK;
    }

    private String summary(WorkspaceUpgrade.Report report, Path workspace) {
        String files = report.files() + (report.files() == 1 ? " file" : " files");
        if (report.wasCurrent() && report.files() == 0) {
            return "The workspace " + workspace + " has format " + Workspace.FORMAT + " already";
        }
        return dryRun
                ? "The workspace " + workspace + " would be converted to format " + Workspace.FORMAT + ": " + files
                : "The workspace " + workspace + " has format " + Workspace.FORMAT + " now: " + files + " converted";
    }
}
