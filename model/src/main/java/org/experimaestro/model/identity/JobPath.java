package org.experimaestro.model.identity;

import java.io.File;
import java.nio.file.Path;
import org.experimaestro.ConfigId;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * A path inside a job's folder, {@code …/jobs/<type id>/<identifier>/<rest>}. It identifies the job's file in any
 * workspace.
 *
 * @param root the workspace, as text
 * @param typeId the job's type id
 * @param id the job's identifier
 * @param rest the path below the job's folder, with slashes; empty for the folder itself
 */
public record JobPath(String root, String typeId, ConfigId id, String rest) {
    /** The name of the workspace's folder of jobs, which is part of the encoding of identifiers. */
    public static final String FOLDER = "jobs";

    private static final String JOBS = "/" + FOLDER + "/";
    private static final int ID_LENGTH = 32;

    /**
     * Returns the text of a path as it is identified.
     *
     * @param path any path
     * @return absolute, normalized, with slashes
     */
    public static String text(Path path) {
        String text = path.toAbsolutePath().normalize().toString();
        return File.separatorChar == '/' ? text : text.replace(File.separatorChar, '/');
    }

    /**
     * Finds the job that a path is in. If job folders are nested, the innermost counts.
     *
     * @param text a result of {@link #text}
     * @return the parts, or {@code null} if the path is not in a job's folder
     */
    public static @Nullable JobPath find(String text) {
        for (int at = text.lastIndexOf(JOBS); at >= 0; at = text.lastIndexOf(JOBS, at - 1)) {
            JobPath found = parse(text, at);
            if (found != null) {
                return found;
            }
        }
        return null;
    }

    /**
     * Finds the job that a path is in, from the part of the path that counts. For a path below a named root, the
     * root's folder on this host does not count.
     *
     * @param path any path
     * @return the parts, or {@code null} if the path is not in a job's folder
     */
    public static @Nullable JobPath of(Path path) {
        return find(path instanceof RootedPath rooted ? "/" + rooted.rest() : text(path));
    }

    private static @Nullable JobPath parse(String text, int at) {
        int typeStart = at + JOBS.length();
        int typeEnd = text.indexOf('/', typeStart);
        if (typeEnd <= typeStart || !isTypeId(text, typeStart, typeEnd)) {
            return null;
        }
        int idEnd = typeEnd + 1 + ID_LENGTH;
        if (idEnd > text.length() || idEnd < text.length() && text.charAt(idEnd) != '/') {
            return null;
        }
        String id = text.substring(typeEnd + 1, idEnd);
        if (!ConfigId.isValid(id)) {
            return null;
        }
        String rest = idEnd == text.length() ? "" : text.substring(idEnd + 1);
        return new JobPath(text.substring(0, at), text.substring(typeStart, typeEnd), ConfigId.parse(id), rest);
    }

    /**
     * Returns whether a text can be a type id.
     *
     * @param text any text
     * @return true for one or more of {@code A-Za-z0-9_.-}, but not {@code .} or {@code ..}
     */
    public static boolean isTypeId(String text) {
        return !text.isEmpty() && !text.equals(".") && !text.equals("..") && isTypeId(text, 0, text.length());
    }

    private static boolean isTypeId(String text, int start, int end) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            boolean allowed = c >= 'a' && c <= 'z'
                    || c >= 'A' && c <= 'Z'
                    || c >= '0' && c <= '9'
                    || c == '_'
                    || c == '.'
                    || c == '-';
            if (!allowed) {
                return false;
            }
        }
        return true;
    }
}
