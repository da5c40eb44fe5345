package org.experimaestro.core.serial;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * Reads a {@code float} that was written as JSON: by its own shortest text, by the text of the double that it stands for
 * (as earlier versions wrote it), or as NaN or an infinity.
 */
public final class StoredFloat {
    /** The shortest text of a float has at most 9 digits; Java 17 writes one more where it does not find the shortest. */
    private static final MathContext DIGITS = new MathContext(10);

    private StoredFloat() {}

    /**
     * The float that a JSON value stands for.
     *
     * @param json the value
     * @return the float; the value itself if it stands for none: it has more digits than a float
     */
    public static Object read(Object json) {
        if (json instanceof String text) {
            return Float.valueOf(text);
        }
        if (!(json instanceof Double wide)) {
            return json;
        }
        float narrow = wide.floatValue();
        if ((double) narrow == wide) {
            return narrow;
        }
        boolean isInRange = narrow != 0 && !Float.isInfinite(narrow);
        return isInRange && hasDigitsOfFloat(wide) ? (Object) narrow : json;
    }

    private static boolean hasDigitsOfFloat(double wide) {
        return new BigDecimal(wide).round(DIGITS).doubleValue() == wide;
    }
}
