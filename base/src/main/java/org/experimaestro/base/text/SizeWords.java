package org.experimaestro.base.text;

import java.util.Locale;

/** Sizes in words, for people. */
public final class SizeWords {
    private static final String UNITS = "KMGTPE";
    private static final int STEP = 1024;

    /** The least number that would be printed as 1024.0. */
    private static final double NEXT_UNIT = 1023.95;

    private SizeWords() {}

    /**
     * Returns a size in its largest unit of 1024 bytes.
     *
     * @param bytes the size, 0 or more
     * @return for example {@code 1.5 MiB}, or {@code 12 B}
     */
    public static String of(long bytes) {
        if (bytes < STEP) {
            return bytes + " B";
        }
        double size = bytes;
        int unit = -1;
        for (; size >= NEXT_UNIT && unit < UNITS.length() - 1; unit++) {
            size /= STEP;
        }
        return String.format(Locale.ROOT, "%.1f %ciB", size, UNITS.charAt(unit));
    }
}
