package org.experimaestro.core.defaults;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.experimaestro.generated.ValueType;

/** A reader of numbers in the form of Java, with an optional sign. */
final class NumberText {
    private static final int LONGEST = 1_000;
    // Groups repeat possessively (*+), because otherwise the matcher recurses for each repetition, and long texts
    // exhaust the stack.
    private static final Pattern DECIMAL = Pattern.compile("0|[1-9](?:_*\\d)*+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0[xX][0-9a-fA-F](?:_*[0-9a-fA-F])*+");
    private static final Pattern BINARY = Pattern.compile("0[bB][01](?:_*[01])*+");
    private static final String DIGITS = "\\d(?:_*\\d)*+";
    private static final Pattern FLOATING = Pattern.compile("(?<mantissa>" + DIGITS + "\\.?|" + DIGITS + "\\." + DIGITS
            + "|\\." + DIGITS + ")" + "(?:[eE][-+]?" + DIGITS + ")?");

    private NumberText() {}

    /** Returns the box of a whole number's type; throws IllegalArgumentException with the form expected. */
    static Number whole(String text, ValueType.Kind kind) {
        requireShort(text, kind);
        String unsigned = withoutSign(text.strip());
        if (kind == ValueType.Kind.LONG && (unsigned.endsWith("L") || unsigned.endsWith("l"))) {
            unsigned = unsigned.substring(0, unsigned.length() - 1);
        }
        BigInteger value = magnitude(text, unsigned, kind);
        if (text.strip().startsWith("-")) {
            value = value.negate();
        }
        return inRange(text, value, kind);
    }

    /** Returns the box of a whole number's type, if the value fits. */
    static Number inRange(String text, BigInteger value, ValueType.Kind kind) {
        int bits = bits(kind);
        if (value.bitLength() >= bits) {
            BigInteger limit = BigInteger.ONE.shiftLeft(bits - 1);
            throw new IllegalArgumentException("\"" + text + "\" is not " + name(kind) + ": those go from "
                    + limit.negate() + " to " + limit.subtract(BigInteger.ONE));
        }
        return switch (kind) {
            case BYTE -> value.byteValueExact();
            case SHORT -> value.shortValueExact();
            case INT -> value.intValueExact();
            default -> value.longValueExact();
        };
    }

    /** Returns a Double or Float; throws IllegalArgumentException with the form expected. */
    static Number floating(String text, ValueType.Kind kind) {
        requireShort(text, kind);
        String stripped = text.strip();
        String unsigned = withoutSign(stripped);
        if (unsigned.equals("NaN") || unsigned.equals("Infinity")) {
            return box(Double.parseDouble(stripped), kind);
        }
        boolean suffixed = kind == ValueType.Kind.FLOAT
                ? unsigned.endsWith("f") || unsigned.endsWith("F")
                : unsigned.endsWith("d") || unsigned.endsWith("D");
        String number = suffixed ? unsigned.substring(0, unsigned.length() - 1) : unsigned;
        var matcher = FLOATING.matcher(number);
        if (!matcher.matches()) {
            throw malformed(text, kind, "1e-3, 0.5, NaN or -Infinity");
        }
        String digits = (stripped.startsWith("-") ? "-" : "") + number.replace("_", "");
        Number value =
                kind == ValueType.Kind.FLOAT ? (Number) Float.parseFloat(digits) : (Number) Double.parseDouble(digits);
        if (Double.isInfinite(value.doubleValue())) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is too large for " + name(kind) + "; write Infinity if you mean it");
        }
        if (value.doubleValue() == 0 && matcher.group("mantissa").matches(".*[1-9].*")) {
            throw new IllegalArgumentException("\"" + text + "\" is too small for " + name(kind) + ", where it is 0");
        }
        return value;
    }

    /** Refuses a long number, because the time of the conversion grows with the square of the digits. */
    private static void requireShort(String text, ValueType.Kind kind) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a text of " + text.length() + " characters is not " + name(kind)
                    + "; write a number of at most " + LONGEST + " characters");
        }
    }

    static IllegalArgumentException malformed(String text, ValueType.Kind kind, String examples) {
        return new IllegalArgumentException(
                "\"" + text + "\" is not " + name(kind) + "; write a number as in Java, such as " + examples);
    }

    private static Number box(double value, ValueType.Kind kind) {
        return kind == ValueType.Kind.FLOAT ? (Number) (float) value : (Number) value;
    }

    private static BigInteger magnitude(String text, String unsigned, ValueType.Kind kind) {
        if (DECIMAL.matcher(unsigned).matches()) {
            return new BigInteger(unsigned.replace("_", ""));
        }
        if (HEXADECIMAL.matcher(unsigned).matches()) {
            return new BigInteger(unsigned.substring(2).replace("_", ""), 16);
        }
        if (BINARY.matcher(unsigned).matches()) {
            return new BigInteger(unsigned.substring(2).replace("_", ""), 2);
        }
        if (unsigned.matches("0[0-7_]+")) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" begins with 0, which is octal in Java; leave the 0 out, or write 0x or 0b");
        }
        throw malformed(text, kind, "3, -1 or 1_000");
    }

    private static String withoutSign(String text) {
        return text.startsWith("-") || text.startsWith("+") ? text.substring(1) : text;
    }

    private static int bits(ValueType.Kind kind) {
        return switch (kind) {
            case BYTE -> Byte.SIZE;
            case SHORT -> Short.SIZE;
            case INT -> Integer.SIZE;
            default -> Long.SIZE;
        };
    }

    private static String name(ValueType.Kind kind) {
        return switch (kind) {
            case BYTE -> "a byte";
            case SHORT -> "a short";
            case INT -> "an int";
            case LONG -> "a long";
            case FLOAT -> "a float";
            default -> "a double";
        };
    }
}
