package org.experimaestro.model.identity;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;

/** The messages for files and folders that cannot be identified by their content. */
final class ContentProblems {
    static final String NO_FILE = "it is neither a file nor a folder, but a device, a pipe or a socket";
    static final String NO_TEXT =
            "its name is not text in the encoding of this process, so that it could be another one";

    private static final int SHOWN = 5;

    private ContentProblems() {}

    /** Returns the reason why a path cannot be read. */
    static String reason(Path path, IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return Files.isSymbolicLink(path) ? ofLink(path) : "there is no such file";
        }
        if (failure instanceof AccessDeniedException) {
            return "there is no permission to read it";
        }
        String reason = failure instanceof FileSystemException known ? known.getReason() : failure.getMessage();
        return reason == null ? String.valueOf(failure) : reason;
    }

    /** Describes a broken link, or a link to a file that cannot be seen. */
    static String ofLink(Path link) {
        String target;
        try {
            target = Files.readSymbolicLink(link).toString();
        } catch (IOException failed) {
            return reason(link, failed);
        }
        try {
            Files.readAttributes(link, BasicFileAttributes.class);
            return "it is a link to " + target + ", which was not there a moment ago";
        } catch (NoSuchFileException nothing) {
            return "it is a link to " + target + ", where there is nothing";
        } catch (IOException failed) {
            return "it is a link to " + target + ": " + reason(link, failed);
        }
    }

    /** Describes a link to a folder that contains the link. */
    static String ofCircle(Path link) {
        try {
            return "it is a link to " + Files.readSymbolicLink(link) + ", a folder that it is in itself";
        } catch (IOException noLink) {
            return "links lead in a circle here";
        }
    }

    /** Returns several problems as one text, in which only the first are listed. */
    static String text(List<String> problems) {
        int shown = Math.min(SHOWN, problems.size());
        String text = String.join("; ", problems.subList(0, shown));
        int more = problems.size() - shown;
        return more == 0 ? text : text + "; and " + more + " more of this kind";
    }
}
