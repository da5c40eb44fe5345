package org.experimaestro.engine.provenance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.experimaestro.PlanException;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.git.DirtyGit;
import org.experimaestro.workspace.Failures;

/** The check that a plan's code is all in a commit, where {@code dirty_git} asks for that. */
public final class DirtyCheck {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MOST_SHOWN = 5;
    private static final int SHORT_COMMIT = 8;

    private DirtyCheck() {}

    /**
     * Refuses a run of a plan with changes that are not committed, if {@link PlanOrigin#dirtyGit} is {@code error}. Waits
     * for git in that case only.
     *
     * @param plan the origin of the plan
     * @throws PlanException if files differ from the commit, or if the commit cannot be told
     * @throws InterruptedException if this thread is interrupted while it waits
     */
    public static void requireCommitted(PlanOrigin plan) throws InterruptedException {
        Path folder = plan.folder();
        if (plan.dirtyGit() != DirtyGit.ERROR || folder == null) {
            return;
        }
        RepositoryState state;
        List<String> unknown;
        try {
            Path scratch = scratch(folder);
            try {
                GitCommand git = new GitCommand(folder, scratch, LIMIT);
                state = RepositoryState.find(git);
                unknown = inNoCommit(
                        git.in(state.root()), state.root(), plan.sources().keySet());
            } finally {
                Folders.delete(scratch);
            }
        } catch (IOException unanswered) {
            throw PlanException.of("Cannot run the plan in " + folder
                            + ": dirty_git is error, and its commit cannot be told: " + unanswered.getMessage())
                    .advice("commit the plan in a repository, or set dirty_git: warn")
                    .cause(unanswered)
                    .build();
        }
        if (!unknown.isEmpty()) {
            throw PlanException.of("Cannot run the plan in " + folder + ": dirty_git is error, and no commit has "
                            + String.join(", ", unknown.subList(0, Math.min(MOST_SHOWN, unknown.size()))))
                    .advice("commit it, or set dirty_git: warn")
                    .build();
        }
        if (state.isDirty()) {
            throw PlanException.of("Cannot run the plan in " + folder + ": dirty_git is error, and " + sentence(state))
                    .advice("commit them, or set dirty_git: warn")
                    .build();
        }
    }

    /** Returns the sources that no commit has: git does not know them, or they are outside of the repository. */
    private static List<String> inNoCommit(GitCommand git, Path root, Collection<Path> sources)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<String> words = new ArrayList<>(List.of("--literal-pathspecs", "ls-files", "-z", "--"));
        List<String> outside = new ArrayList<>();
        for (Path source : sources) {
            Path real = source.toRealPath();
            if (real.startsWith(root.toRealPath())) {
                names.add(root.toRealPath().relativize(real).toString());
            } else {
                outside.add(source.toString());
            }
        }
        if (!names.isEmpty()) {
            words.addAll(names);
            names.removeAll(RepositoryState.split(git.text(words.toArray(String[]::new))));
        }
        names.addAll(outside);
        return names;
    }

    private static Path scratch(Path folder) {
        try {
            return Files.createTempDirectory("experimaestro-git");
        } catch (IOException failed) {
            throw WorkspaceException.of("Cannot ask git for the commit of " + folder + ": " + Failures.reason(failed))
                    .cause(failed)
                    .build();
        }
    }

    /** Returns a sentence about the changed files of a repository, without a capital letter and a full stop. */
    static String sentence(RepositoryState state) {
        List<String> changed = state.changed();
        int more = changed.size() - MOST_SHOWN;
        return (changed.size() == 1 ? "1 file differs" : changed.size() + " files differ") + " from the commit "
                + state.commit()
                        .substring(0, Math.min(SHORT_COMMIT, state.commit().length())) + ": "
                + String.join(", ", changed.subList(0, Math.min(MOST_SHOWN, changed.size())))
                + (more > 0 ? " and " + more + " more" : "");
    }
}
