package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.experimaestro.ConfigId;
import org.experimaestro.TaskContext;
import org.experimaestro.base.file.Folders;
import org.experimaestro.core.file.AtomicFile;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenShare;

/**
 * A folder that is computed once for a configuration, and read by all jobs that have the configuration. It is filled under
 * another name, and gets its own when it is complete: whoever finds it can use it. Immutable.
 *
 * @param typeId the type of the configuration
 * @param id its identifier
 * @param name the name of what is computed
 */
public record ComputedFolder(String typeId, ConfigId id, String name) {
    private static final String MAKING = "making-";
    private static final int UUID_LENGTH = 36;

    /** The folders that a thread fills just now, one filler inside of another. */
    private static final ThreadLocal<Set<Path>> FILLING = ThreadLocal.withInitial(HashSet::new);

    /**
     * Creates an object for a folder that need not exist.
     *
     * @throws IllegalArgumentException if the name cannot be that of a folder, or is one of our own
     */
    public ComputedFolder {
        boolean isFolder = name.matches("[A-Za-z0-9_.-]+") && !name.equals(".") && !name.equals("..");
        if (!isFolder || name.startsWith(MAKING) || AtomicFile.isTemporary(name)) {
            throw new IllegalArgumentException("Cannot compute a folder named \"" + name
                    + "\": a name has letters, digits, \"-\", \"_\" and \".\" only, and does not begin with \"" + MAKING
                    + "\" or \"" + AtomicFile.TEMPORARY + "\"; give another name");
        }
    }

    /**
     * Returns the path in the workspace, which is also the name of its token.
     *
     * @return a path with slashes
     */
    public String path() {
        return WorkspaceLayout.computedPath(typeId, id, name);
    }

    /**
     * Returns the folder for a process that is alone: it is filled unless it exists.
     *
     * @param root the folder in the place of the workspace
     * @param filler fills it
     * @return the complete folder
     * @throws IllegalStateException if the filler of this folder calls it
     * @throws Exception if the filler throws it, or a folder cannot be made; nothing is left then
     */
    public Path fill(Path root, TaskContext.FolderFiller filler) throws Exception {
        Path target = root.resolve(path());
        if (!isThere(target)) {
            requireNotFilling(target);
            Files.createDirectories(target.resolveSibling(""));
            fill(target, filler, () -> true);
        }
        return target;
    }

    /** Fills the folder, and names it if this process still has the only right to. */
    private void fill(Path target, TaskContext.FolderFiller filler, Callable<Boolean> hasRight) throws Exception {
        Path parent = target.resolveSibling("");
        for (String left : Workspace.listNames(parent)) {
            if (isMaking(left)) {
                Folders.delete(parent.resolve(left)); // of a process that was killed
            }
        }
        Path making = parent.resolve(MAKING + name + "." + UUID.randomUUID());
        Files.createDirectory(making);
        boolean isComplete = false;
        FILLING.get().add(target);
        try {
            filler.fill(making);
            isComplete = hasRight.call() && isNamed(making, target);
        } finally {
            FILLING.get().remove(target);
            if (!isComplete) {
                Folders.delete(making);
            }
        }
    }

    /** It would wait for itself. */
    private void requireNotFilling(Path target) {
        if (FILLING.get().contains(target)) {
            throw new IllegalStateException("Cannot return the computed folder " + path()
                    + " while it is filled: its own filler has asked for it; use the folder that the filler gets, or"
                    + " another name");
        }
    }

    /**
     * Returns the folder for a job: it is filled unless it exists. One process of all jobs and hosts at a time fills it;
     * the others wait for its end.
     *
     * @param job the job
     * @param filler fills it; once more if this process was taken for dead meanwhile
     * @param told receives a sentence if the job has to wait, and each time its sign of life cannot be written; other
     *     threads call it
     * @return the complete folder
     * @throws Exception as {@link #fill(Path, TaskContext.FolderFiller)} does
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Path fill(JobFolder job, TaskContext.FolderFiller filler, Consumer<String> told) throws Exception {
        Path target = job.workspace().resolve(path());
        if (isThere(target)) {
            return target;
        }
        requireNotFilling(target);
        job.makeInWorkspace(path().substring(0, path().lastIndexOf('/')));
        try (ShownDesk desk = new ShownDesk(
                Workspace.open(job.workspace()),
                missed -> told.accept("Cannot show that this job computes a folder: " + missed + "; trying again"))) {
            TokenShare asked = desk.ask(job.name(), path());
            try {
                fill(target, filler, desk, asked, told);
                return target;
            } finally {
                desk.giveBack(asked);
            }
        }
    }

    private void fill(
            Path target, TaskContext.FolderFiller filler, ShownDesk desk, TokenShare asked, Consumer<String> told)
            throws Exception {
        while (true) {
            TokenShare share = desk.await(asked, () -> isThere(target), told);
            if (isThere(target)) {
                return;
            }
            fill(target, filler, () -> desk.holds(share));
            if (isThere(target)) {
                return;
            }
            // Another process may have deleted files of it, and fills it now.
            told.accept("The computed folder " + path()
                    + " was filled in vain: this process was silent for so long that it was taken for dead");
        }
    }

    /** Returns whether a folder is a half-made one of this name, and not of another name that begins like it. */
    private boolean isMaking(String folder) {
        String prefix = MAKING + name + ".";
        return folder.startsWith(prefix) && folder.length() == prefix.length() + UUID_LENGTH;
    }

    /** Returns whether the folder has got its name; false if another process was faster, since this one was stopped. */
    private static boolean isNamed(Path making, Path target) throws IOException {
        try {
            Folders.rename(making, target);
            return true;
        } catch (IOException failed) {
            if (isThere(target)) {
                return false;
            }
            throw failed;
        }
    }

    private static boolean isThere(Path target) {
        return Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS);
    }
}
