package org.experimaestro.workspace.shared;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import org.experimaestro.ConfigId;
import org.experimaestro.TaskContext;
import org.experimaestro.WorkspaceException;
import org.experimaestro.base.file.Folders;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;
import org.experimaestro.workspace.WorkspaceLayout;
import org.experimaestro.workspace.token.TokenDesk;
import org.experimaestro.workspace.token.TokenFolder;
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
    private static final long PAUSE_MILLIS = 500;
    private static final long BEAT_MILLIS = 30_000;

    /**
     * Creates an object for a folder that need not exist.
     *
     * @throws IllegalArgumentException if the name cannot be that of a folder, or is one of our own
     */
    public ComputedFolder {
        boolean isFolder = name.matches("[A-Za-z0-9_.-]+") && !name.equals(".") && !name.equals("..");
        if (!isFolder || name.startsWith(MAKING)) {
            throw new IllegalArgumentException("Cannot compute a folder named \"" + name
                    + "\": a name has letters, digits, \"-\", \"_\" and \".\" only, and does not begin with \"" + MAKING
                    + "\"; give another name");
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
     * @throws Exception if the filler throws it, or a folder cannot be made; nothing is left then
     */
    public Path fill(Path root, TaskContext.FolderFiller filler) throws Exception {
        Path target = root.resolve(path());
        if (isThere(target)) {
            return target;
        }
        Path parent = target.resolveSibling("");
        Files.createDirectories(parent);
        for (String left : Workspace.listNames(parent)) {
            if (isMaking(left)) {
                Folders.delete(parent.resolve(left)); // of a process that was killed
            }
        }
        Path making = parent.resolve(MAKING + name + "." + UUID.randomUUID());
        Files.createDirectory(making);
        boolean isComplete = false;
        try {
            filler.fill(making);
            isComplete = isNamed(making, target);
            return target;
        } finally {
            if (!isComplete) {
                Folders.delete(making);
            }
        }
    }

    /**
     * Returns the folder for a job: it is filled unless it exists. One process of all jobs and hosts at a time fills it;
     * the others wait for its end.
     *
     * @param job the job
     * @param filler fills it
     * @param told receives a sentence, once if the job has to wait, and each time its sign of life cannot be written; other
     *     threads call it
     * @return the complete folder
     * @throws Exception as {@link #fill(Path, TaskContext.FolderFiller)} does
     * @throws InterruptedException if the thread is interrupted while it waits
     */
    public Path fill(JobFolder job, TaskContext.FolderFiller filler, Consumer<String> told) throws Exception {
        Path root = job.workspace();
        if (isThere(root.resolve(path()))) {
            return root.resolve(path());
        }
        job.makeInWorkspace(path().substring(0, path().lastIndexOf('/')));
        Workspace workspace = Workspace.open(root);
        TokenFolder tokens = new TokenFolder(WorkspaceLayout.tokens(root), workspace::makeTokens);
        try (TokenDesk desk = new TokenDesk(tokens, InstantSource.system())) {
            Thread beat = new Thread(() -> beat(desk, told), "experimaestro-computed");
            beat.setDaemon(true);
            beat.start();
            TokenShare share = desk.ask(job.name(), "", new TreeMap<>(Map.of(path(), 1L)), 0);
            try {
                await(desk, share, root, told);
                return fill(root, filler);
            } finally {
                beat.interrupt();
                desk.giveBack(share);
            }
        }
    }

    /** Waits until this process may fill the folder, or need not, because it is there. */
    private void await(TokenDesk desk, TokenShare asked, Path root, Consumer<String> told)
            throws IOException, InterruptedException {
        boolean isTold = false;
        TokenShare share = asked;
        while (!share.isHeld() && !isThere(root.resolve(path()))) {
            TokenDesk.Look look = desk.look(share);
            share = look.share();
            if (!share.isHeld()) {
                if (!isTold) {
                    told.accept("Waits: " + look.obstacle());
                    isTold = true;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
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

    /** Shows that this process is alive, for hosts that cannot see it. */
    private static void beat(TokenDesk desk, Consumer<String> told) {
        try {
            while (true) {
                Thread.sleep(BEAT_MILLIS);
                try {
                    desk.show();
                } catch (IOException | WorkspaceException missed) {
                    told.accept("Cannot show that this job computes a folder: " + missed + "; trying again");
                }
            }
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
        }
    }
}
