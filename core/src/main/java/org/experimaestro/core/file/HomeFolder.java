package org.experimaestro.core.file;

import java.nio.file.Path;
import org.experimaestro.WorkspaceException;
import org.jspecify.annotations.Nullable;

/**
 * The user's home folder on this machine, for which {@code ~} stands. It is the value of {@code HOME}, as for every
 * shell. Java's own {@code user.home} comes from the system's list of users. It differs in containers, and if HOME
 * was set on purpose.
 */
public final class HomeFolder {
    private HomeFolder() {}

    /**
     * Returns the folder.
     *
     * @return an absolute path
     * @throws WorkspaceException if neither {@code HOME} nor the system's list of users names one
     */
    public static Path current() {
        return of(System.getenv("HOME"), System.getProperty("user.home"));
    }

    /**
     * Returns the folder, from the system's two values.
     *
     * @param variable the variable {@code HOME}, which counts only if it is an absolute path
     * @param listed the folder in the list of users
     * @return an absolute path
     */
    static Path of(@Nullable String variable, @Nullable String listed) {
        Path found = find(variable, listed);
        if (found != null) {
            return found;
        }
        throw WorkspaceException.of("Cannot find the home folder: the variable HOME is " + words(variable)
                        + ", and the system's list of users has " + words(listed) + " for this user")
                .advice("set HOME to an absolute path")
                .build();
    }

    private static @Nullable Path find(@Nullable String variable, @Nullable String listed) {
        for (String text : new @Nullable String[] {variable, listed}) {
            if (text != null && !text.isEmpty() && Path.of(text).isAbsolute()) {
                return Path.of(text).normalize();
            }
        }
        return null;
    }

    private static String words(@Nullable String text) {
        return text == null ? "not set" : "\"" + text + "\"";
    }

    /**
     * Returns the path of a text that a user wrote on this machine.
     *
     * @param text a path; {@code ~} and {@code ~/…} are the home folder and paths below it
     * @return the path; another user's home folder, {@code ~name}, is not looked up
     */
    public static Path expand(String text) {
        if (text.equals("~")) {
            return current();
        }
        return text.startsWith("~/") ? current().resolve(text.substring(2)) : Path.of(text);
    }

    /**
     * Returns the text of a path for messages. Paths below the home folder begin with {@code ~}, which {@link
     * #expand} reads.
     *
     * @param path an absolute path
     * @return the text; the whole path if there is no home folder
     */
    public static String shorten(Path path) {
        return shorten(path, System.getenv("HOME"), System.getProperty("user.home"));
    }

    /** Returns the text, from the system's two values: see {@link #of}. */
    static String shorten(Path path, @Nullable String variable, @Nullable String listed) {
        Path home = find(variable, listed);
        return home != null && path.startsWith(home)
                ? Path.of("~").resolve(home.relativize(path)).toString()
                : path.toString();
    }
}
