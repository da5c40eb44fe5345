package org.experimaestro.cli.experiment;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Predicate;
import org.experimaestro.WorkspaceException;
import org.experimaestro.cli.output.Printer;
import org.experimaestro.cli.workspace.FolderRules;
import org.experimaestro.cli.workspace.SyncReport;
import org.experimaestro.copy.folder.FolderRule;
import org.experimaestro.copy.folder.FolderSync;
import org.experimaestro.copy.folder.UsedFolders;
import org.experimaestro.monitor.action.RunHistory;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.settings.HistorySettings;
import org.experimaestro.settings.UserSettings;
import org.experimaestro.settings.WorkspaceSettings;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.RunFolder;
import org.experimaestro.workspace.Workspace;
import org.jspecify.annotations.Nullable;

/**
 * The upkeep of a workspace by a run: it finds results in other folders, backs up jobs in the background after they have
 * ended, and at its end backs up what is left, moves jobs, and moves old runs to the trash. Nothing of it makes a run
 * fail. Thread-safe until {@link #finish}.
 */
final class RunUpkeep {
    private final Path root;
    private final String experiment;
    private final List<FolderRule> rules;
    private final HistorySettings history;
    private final UsedFolders used;
    private final SyncReport report = new SyncReport(Printer.standardOutput(), Printer.standardOutput());
    private final BlockingQueue<Optional<String>> ended = new LinkedBlockingQueue<>();
    private @Nullable Thread backup;

    /**
     * Creates the upkeep.
     *
     * @param root the folder of the workspace
     * @param experiment the experiment of the run
     * @param settings the settings of the workspace, with the rules
     * @param user the settings of the user
     */
    RunUpkeep(Path root, String experiment, WorkspaceSettings settings, UserSettings user) {
        this.root = root;
        this.experiment = experiment;
        this.rules = FolderRules.of(settings, user, report::warning);
        this.history = settings.upkeep().history();
        this.used = new UsedFolders(root, rules, report::warning);
    }

    /** Finds the result of a job in other folders; see {@link org.experimaestro.engine.ResultSource#find}. */
    Optional<JobFolder> find(JobFolder job, boolean isWriting) {
        return used.find(job, isWriting);
    }

    /** Backs up a job that is done, in the background. */
    synchronized void done(JobFolder job) {
        if (!has(FolderRule.Kind.BACKUP)) {
            return;
        }
        ended.add(Optional.of(job.name()));
        if (backup == null) {
            backup = Thread.ofPlatform().daemon().name("experimaestro-backup").start(this::backUp);
        }
    }

    private void backUp() {
        try {
            FolderSync sync = sync();
            while (true) {
                Set<Optional<String>> jobs = new HashSet<>(Set.of(ended.take()));
                ended.drainTo(jobs);
                if (jobs.contains(Optional.<String>empty())) {
                    return; // the end of the run looks at all jobs
                }
                follow(sync, FolderRule.Kind.BACKUP, job -> jobs.contains(Optional.of(job.name())));
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException failed) {
            report.warning("Cannot back up jobs: " + failed);
        }
    }

    /**
     * Ends the upkeep after the run.
     *
     * @throws InterruptedException if this thread is interrupted; the next run, or {@code workspaces sync}, does the rest
     */
    void finish() throws InterruptedException {
        Thread running;
        synchronized (this) {
            running = backup;
        }
        if (running != null) {
            ended.add(Optional.empty());
            running.join();
        }
        try {
            if (has(FolderRule.Kind.BACKUP) || has(FolderRule.Kind.MOVE)) {
                FolderSync sync = sync();
                follow(sync, FolderRule.Kind.BACKUP, job -> true);
                follow(sync, FolderRule.Kind.MOVE, job -> true);
                rules.forEach(rule -> report.print(rule, false, false));
                report.printLeftOut();
            }
            if (!history.isEmpty()) {
                clean();
            }
        } catch (WorkspaceException failed) {
            report.warning(String.valueOf(failed.getMessage()));
        } catch (RuntimeException failed) {
            report.warning("Cannot end the upkeep of the workspace: " + failed);
        }
    }

    private void clean() {
        Workspace workspace = Workspace.view(root);
        WorkspaceIndex index = WorkspaceIndex.open(workspace);
        List<RunFolder> old = RunHistory.old(index.view(), experiment, history.done(), history.failed());
        int moved = RunHistory.clean(
                workspace,
                index,
                old,
                InstantSource.system(),
                refused -> report.warning(String.valueOf(refused.getMessage())));
        if (moved > 0) {
            Printer.standardOutput()
                    .line("History: " + moved + (moved == 1 ? " old run is" : " old runs are") + " in the trash now");
        }
    }

    private boolean has(FolderRule.Kind kind) {
        return rules.stream().anyMatch(rule -> rule.kind() == kind);
    }

    private FolderSync sync() {
        Workspace workspace = Workspace.view(root);
        return new FolderSync(workspace, WorkspaceIndex.open(workspace), InstantSource.system(), report);
    }

    private void follow(FolderSync sync, FolderRule.Kind kind, Predicate<JobView> isWanted)
            throws InterruptedException {
        for (FolderRule rule : rules) {
            if (rule.kind() == kind) {
                sync.follow(rule, isWanted, false);
            }
        }
    }
}
