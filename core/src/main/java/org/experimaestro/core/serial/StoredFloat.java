package org.experimaestro.core.serial;

import java.math.BigDecimal;
import java.math.MathContext;

/**
 * A reader of a {@code float} in JSON. It may be written as its own shortest text, as NaN or an infinity, or as the
 * text of its double (as earlier versions wrote it).
 */
public final class StoredFloat {
    /**
     * The shortest text of a float has at most 9 digits; Java 17 prints one more if it does not find the shortest.
     */
    private static final MathContext DIGITS = new MathContext(10);

    private StoredFloat() {}

    /**
     * Returns the float of a JSON value.
     *
     * @param json the value
     * @return the float; the value itself if it is not a float, because it has more digits
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
