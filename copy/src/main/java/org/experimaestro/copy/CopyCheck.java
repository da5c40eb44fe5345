package org.experimaestro.copy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.experimaestro.workspace.Failures;
import org.experimaestro.workspace.JobFiles;
import org.experimaestro.workspace.JobFolder;
import org.experimaestro.workspace.Workspace;

/** The reasons for which the place of a job in another workspace has no copy of its own. */
public final class CopyCheck {
    private CopyCheck() {}

    /**
     * Finds the reason for which two workspaces have a job only once. A job here that is a link may lead there, because
     * then its files are there.
     *
     * @param here the folder of the job
     * @param there the folder of the same job in another workspace
     * @return the reason, as a clause about the job; empty if the other workspace has files of its own, or none
     */
    public static Optional<String> findShared(Path here, Path there) {
        try {
            if (Files.isSymbolicLink(there)) {
                return Optional.of("it is only a link there, to " + Files.readSymbolicLink(there));
            }
            return !Files.isSymbolicLink(here) && Files.isSameFile(here, there)
                    ? Optional.of("its folder is the same one there")
                    : Optional.empty();
        } catch (NoSuchFileException missing) {
            return Optional.empty();
        } catch (IOException unreadable) {
            return Optional.of("its folders cannot be compared: " + Failures.reason(unreadable));
        }
    }

    /**
     * Finds the reason for which a note on a job would be lost with its folder.
     *
     * @param here the job
     * @param there the same job in another workspace
     * @return the reason, as a clause about the job; empty if all notes are there, too
     */
    public static Optional<String> findOtherNote(JobFolder here, JobFolder there) {
        Path notes = here.internalFolder().resolve(JobFiles.NOTES);
        if (!Files.isDirectory(notes)) {
            return Optional.empty();
        }
        Path others = there.internalFolder().resolve(JobFiles.NOTES);
        for (String name : Workspace.listNames(notes)) {
            try {
                if (Files.mismatch(notes.resolve(name), others.resolve(name)) >= 0) {
                    return Optional.of("its note " + name + " is another one there");
                }
            } catch (IOException missing) {
                return Optional.of("its note " + name + " cannot be compared: " + Failures.reason(missing));
            }
        }
        return Optional.empty();
    }
}
