package org.experimaestro.copy.folder;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.experimaestro.WorkspaceException;
import org.experimaestro.copy.CopyPart;
import org.experimaestro.copy.CopySelection;
import org.experimaestro.copy.CopyStep;
import org.experimaestro.copy.LocalSource;
import org.experimaestro.copy.LocalTarget;
import org.experimaestro.copy.WorkspaceCopy;
import org.experimaestro.monitor.filter.Filter;
import org.experimaestro.monitor.index.WorkspaceIndex;
import org.experimaestro.monitor.view.JobView;
import org.experimaestro.monitor.view.JobsView;
import org.experimaestro.spi.UnreachableException;
import org.experimaestro.workspace.ElsewhereLink;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.JobStatus;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;

/**
 * The results of other workspaces that a workspace uses. A folder that cannot be read is reported once, and has no
 * results. Confined to one thread at a time.
 */
public final class UsedFolders {
    private final Path root;
    private final List<FolderRule> rules;
    private final Consumer<String> warnings;
    private final Map<Path, JobsView> views = new HashMap<>();
    private final Map<FolderRule, Set<String>> selected = new HashMap<>();
    private final Set<Path> reported = new HashSet<>();

    /**
     * Creates the results.
     *
     * @param root the folder of the workspace that uses them
     * @param rules its rules, in the order in which they count; backups have no results
     * @param warnings receives the reasons why a result cannot be used
     */
    public UsedFolders(Path root, List<FolderRule> rules, Consumer<String> warnings) {
        this.root = root;
        this.rules = rules.stream()
                .filter(rule -> rule.kind() != FolderRule.Kind.BACKUP)
                .toList();
        this.warnings = warnings;
    }

    /**
     * Finds the result of a job that the workspace does not have.
     *
     * @param job the job
     * @param isWriting whether the workspace is to get the result, by a link or a copy
     * @return the folder with the files of the done job; empty if there is none
     */
    public Optional<JobFolder> find(JobFolder job, boolean isWriting) {
        for (FolderRule rule : rules) {
            try {
                Optional<JobFolder> found = find(rule, job, isWriting);
                if (found.isPresent()) {
                    return found;
                }
            } catch (IOException failed) {
                warn(rule, job + ": " + Failures.reason(failed));
            } catch (WorkspaceException | UnreachableException failed) {
                warn(rule, job + ": " + failed.getMessage());
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Optional<JobFolder> find(FolderRule rule, JobFolder job, boolean isWriting)
            throws IOException, UnreachableException, InterruptedException {
        if (!Files.isDirectory(rule.folder())) {
            if (reported.add(rule.folder())) {
                warn(rule, "there is no such folder; its results count as not done");
            }
            return Optional.empty();
        }
        JobFolder there = JobFolder.at(WorkspaceLayout.jobs(rule.folder()).resolve(job.name()));
        if (!there.isMarkedAsDone() || !(there.status() instanceof JobStatus.Done) || !isSelected(rule, there.name())) {
            return Optional.empty();
        }
        if (!isWriting) {
            return Optional.of(there);
        }
        // A link is better than to do the work again, for example while another process copies.
        boolean isThere = rule.kind() == FolderRule.Kind.COPY && copy(rule, there) || ElsewhereLink.create(job, there);
        return isThere ? Optional.of(job) : Optional.empty();
    }

    private boolean isSelected(FolderRule rule, String job) {
        // The filter of a move chose among the jobs here; the runs that it may ask for are not there.
        if (rule.kind() == FolderRule.Kind.MOVE || rule.where().equals(Filter.ALL)) {
            return true;
        }
        Set<String> names = selected.get(rule);
        if (names == null) {
            names = new HashSet<>();
            for (JobView each : view(rule.folder()).jobs(rule.where())) {
                names.add(each.name());
            }
            selected.put(rule, names);
        }
        return names.contains(job);
    }

    private JobsView view(Path folder) {
        JobsView view = views.get(folder);
        if (view == null) {
            view = WorkspaceIndex.open(Workspace.view(folder)).view();
            views.put(folder, view);
        }
        return view;
    }

    private boolean copy(FolderRule rule, JobFolder there) throws UnreachableException, InterruptedException {
        boolean[] isThere = {false};
        try (LocalSource source = new LocalSource(Workspace.view(rule.folder()));
                LocalTarget target = new LocalTarget(root)) {
            CopySelection selection = new CopySelection(List.of(CopyPart.of(there)), List.of(), List.of(), List.of());
            WorkspaceCopy copy = new WorkspaceCopy(source, target);
            copy.perform(copy.plan(selection), step -> {
                if (step instanceof CopyStep.Refused refused) {
                    warnings.accept(String.valueOf(refused.reason().getMessage()));
                } else {
                    isThere[0] = true;
                }
            });
        } catch (WorkspaceException failed) {
            warnings.accept(there + " is used by a link: " + failed.getMessage());
            return false;
        }
        return isThere[0];
    }

    private void warn(FolderRule rule, String reason) {
        warnings.accept("Cannot use results of " + rule.folder() + ": " + reason);
    }
}
