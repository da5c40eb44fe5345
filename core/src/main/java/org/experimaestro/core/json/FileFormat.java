package org.experimaestro.core.json;

/**
 * The format that each JSON file of ours says it has, in its key {@code format}: a whole number from 1. All readers check it here.
 *
 * <p>On the start path of a job: without lambdas and streams.
 */
public final class FileFormat {
    /** The key, which a writer puts first. */
    public static final String KEY = "format";

    private FileFormat() {}

    /**
     * Requires that this version can read a file.
     *
     * @param file the file's object
     * @param oldest the number of the oldest format that the caller reads
     * @param latest the number of the latest one, which it writes
     * @param olderAdvice what to do with a file of an earlier format; empty where there is none
     * @throws JsonException if the file says no format, or another one; the message names the file and both formats
     */
    public static void require(JsonObject file, int oldest, int latest, String olderAdvice) {
        long format = requireWritten(file, KEY, "its format is ", latest);
        if (format < oldest) {
            throw new JsonException(file.source() + ": its format is " + format + ", this version reads " + oldest
                    + (oldest == latest ? "; " : " and later ones; ") + olderAdvice);
        }
    }

    /**
     * Requires that this version knows the format of something in a file, which has a number of its own.
     *
     * @param file the file's object
     * @param key the key of that number
     * @param found the beginning of the message, as {@code its format is }
     * @param latest the number of the latest format
     * @return the number
     * @throws JsonException if the file has no such number, or another one; the message names the file and both formats
     */
    public static long requireWritten(JsonObject file, String key, String found, int latest) {
        long format = file.integer(key);
        if (format > latest) {
            throw new JsonException(file.source() + ": " + found + format + ", this version knows up to " + latest
                    + "; update Experimaestro");
        }
        if (format < 1) {
            throw new JsonException(file.source() + ": " + found + format + ", which no version writes");
        }
        return format;
    }
}
