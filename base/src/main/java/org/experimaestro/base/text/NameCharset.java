package org.experimaestro.base.text;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * The charset in which this JVM reads names of files, arguments and variables, which are bytes to the system. It is
 * that of the locale, regardless of the charset of files (JEP 400). Bytes that are not text in it become {@code
 * U+FFFD}, so that different names become equal.
 */
public final class NameCharset {
    /** The advice for a charset other than UTF-8. */
    public static final String ADVICE =
            "set LC_ALL=C.UTF-8, or another locale in UTF-8, in the environment of this process";

    private static final char REPLACEMENT = '\uFFFD';

    private NameCharset() {}

    /**
     * Returns its name.
     *
     * @return for example {@code UTF-8}; without a locale {@code ANSI_X3.4-1968}, which is ASCII
     */
    public static String name() {
        return System.getProperty("sun.jnu.encoding", "unknown");
    }

    /**
     * Returns whether the charset can represent all names.
     *
     * @return true for UTF-8
     */
    public static boolean isUtf8() {
        return name().equals("UTF-8");
    }

    /**
     * Returns whether a text from outside was not in this charset.
     *
     * @param text an argument, or the value of a variable
     * @return true if a part of it is lost
     */
    public static boolean isDamaged(String text) {
        return text.indexOf(REPLACEMENT) >= 0;
    }

    /**
     * Returns whether the path can be written as text and read again.
     *
     * @param path a path of this machine
     * @return false if other paths have the same text
     */
    public static boolean isText(Path path) {
        String text = path.toString();
        if (!isDamaged(text)) {
            return true;
        }
        try {
            return Path.of(text).equals(path);
        } catch (InvalidPathException notInIt) {
            return false;
        }
    }
}
