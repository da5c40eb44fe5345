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
        long format = file.integer(KEY);
        if (format > latest) {
            throw new JsonException(file.source() + ": its format is " + format + ", this version knows up to " + latest
                    + "; update Experimaestro");
        }
        if (format < 1) {
            throw new JsonException(file.source() + ": its format is " + format + ", which no version writes");
        }
        if (format < oldest) {
            throw new JsonException(file.source() + ": its format is " + format + ", this version reads " + oldest
                    + (oldest == latest ? "; " : " and later ones; ") + olderAdvice);
        }
    }
}
