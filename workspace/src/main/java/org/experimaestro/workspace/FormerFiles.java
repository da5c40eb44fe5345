package org.experimaestro.workspace;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.experimaestro.base.file.Folders;
import org.experimaestro.base.file.OwnFolder;

/**
 * The files of a job's earlier attempts, which are moved into the folder of our files before the next attempt's task
 * begins. They stay there until the job is done. Confined to one thread.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
final class FormerFiles {
    /** The number of times that the folder is listed, in case other processes put files there meanwhile. */
    private static final int ROUNDS = 100;

    private final JobFolder job;

    FormerFiles(JobFolder job) {
        this.job = job;
    }

    /**
     * Moves all files aside.
     *
     * @param attempt the attempt that has begun
     * @throws IOException if a file cannot be moved, or the job has a later attempt
     */
    void moveAside(Attempt attempt) throws IOException {
        /*
         * Only the process of the last attempt moves files, and its task begins when this method has returned. Each
         * step is one rename. The steps of a process that crashes in between are continued by the next attempt:
         *  - "before-moving" exists: no task has run since the first file was moved into it, so that the rest of the
         *    files in the job's folder is of the same attempts. They are moved into it, too.
         *  - it has its name, and an older folder exists: the older one is deleted.
         * The folder gets its name even if it is empty, because it shows other processes of the job that they may begin.
         */
        Path moving = job.internalFolder().resolve(JobLayout.BEFORE_MOVING);
        makeFolder(moving);
        moveAnnounced(attempt, moving); // first: nobody finds an announcement whose files are gone
        moveAll(attempt, moving);
        boolean isEmpty = list(moving).isEmpty();
        Path named = job.formerFiles(attempt.number());
        nameFolder(moving, named);
        if (!isEmpty) {
            deleteAllBut(named);
        }
    }

    private static void nameFolder(Path folder, Path named) throws IOException {
        try {
            Files.move(folder, named, StandardCopyOption.ATOMIC_MOVE);
        } catch (NoSuchFileException gone) {
            // Only this process makes a folder of this name: if it is there, the rename was made, and its reply was
            // lost.
            if (!Files.isDirectory(named, LinkOption.NOFOLLOW_LINKS)) {
                throw gone;
            }
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        try {
            Files.createDirectory(folder);
        } catch (FileAlreadyExistsException there) {
            // An earlier attempt has made it, or this one has, and a network file system has lost the reply.
        }
        OwnFolders.requireFolder(OwnFolders.look(folder), folder);
    }

    private void moveAnnounced(Attempt attempt, Path target) throws IOException {
        Path file = job.announcements().file();
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            requireLast(attempt);
            move(file, free(target, JobLayout.ANNOUNCED));
        }
    }

    private void moveAll(Attempt attempt, Path target) throws IOException {
        for (int round = 0; round < ROUNDS; round++) {
            List<Path> files = list(job.path());
            boolean moved = false;
            for (int i = 0; i < files.size(); i++) {
                Path file = files.get(i);
                // The case of letters is ignored, as some file systems ignore it.
                if (!OwnFolder.has(file.getFileName().toString())) {
                    requireLast(attempt);
                    move(file, free(target, file.getFileName().toString()));
                    moved = true;
                }
            }
            if (!moved) {
                return;
            }
        }
        throw new IOException("another process writes files into " + job.path());
    }

    /** Before each move: this process may have been stopped for so long that it was taken for dead. */
    private static void requireLast(Attempt attempt) throws IOException {
        if (attempt.isSuperseded()) {
            throw new IOException("the files of " + attempt.job() + " belong to another attempt than "
                    + attempt.number() + ", because the job is done or was started again");
        }
    }

    private static void move(Path file, Path target) throws IOException {
        try {
            Folders.rename(file, target);
        } catch (NoSuchFileException gone) {
            // Another process has deleted it, or a network file system has lost the reply to the first request.
        }
    }

    /** Returns a path that does not exist: a process that an earlier attempt has left may have written a file again. */
    private static Path free(Path folder, String name) {
        Path path = folder.resolve(name);
        for (int copy = 2; Files.exists(path, LinkOption.NOFOLLOW_LINKS); copy++) {
            path = folder.resolve(name + "." + copy);
        }
        return path;
    }

    private void deleteAllBut(Path kept) {
        try {
            List<Path> files = list(job.internalFolder());
            for (int i = 0; i < files.size(); i++) {
                if (!files.get(i).equals(kept) && isFormer(files.get(i))) {
                    Folders.delete(files.get(i));
                }
            }
        } catch (IOException left) {
            // The job needs nothing of them, and the next attempt deletes them.
            System.getLogger(FormerFiles.class.getName())
                    .log(System.Logger.Level.WARNING, "Cannot delete the files of earlier attempts at " + job, left);
        }
    }

    /** Deletes the folders of such files but that of one attempt. */
    void deleteOlder(Attempt attempt) {
        deleteAllBut(job.formerFiles(attempt.number()));
    }

    /** Returns whether there are such files. */
    boolean hasAny() throws IOException {
        for (Path file : list(job.internalFolder())) {
            if (isFormer(file) && !list(file).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    /** Deletes all folders of such files. */
    void delete() throws IOException {
        for (Path file : list(job.internalFolder())) {
            if (isFormer(file)) {
                Folders.delete(file);
            }
        }
    }

    private static boolean isFormer(Path file) {
        String name = file.getFileName().toString();
        return JobLayout.beforeOf(name) > 0 || name.equals(JobLayout.BEFORE_MOVING);
    }

    /** Returns the newest folder that is not empty; empty if there is none, or it cannot be listed. */
    Optional<Path> find() {
        Path newest = null;
        int number = 0;
        try {
            for (Path file : list(job.internalFolder())) {
                int before = JobLayout.beforeOf(file.getFileName().toString());
                if (before > number
                        && Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)
                        && !list(file).isEmpty()) {
                    newest = file;
                    number = before;
                }
            }
        } catch (IOException unreadable) {
            return Optional.empty();
        }
        return Optional.ofNullable(newest);
    }

    private static List<Path> list(Path folder) throws IOException {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(folder)) {
            for (Path file : stream) {
                files.add(file);
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return files;
    }
}
