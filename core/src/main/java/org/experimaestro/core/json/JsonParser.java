package org.experimaestro.core.json;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A parser of one document by recursive descent. Confined to its thread, used once.
 *
 * <p>The text is copied into an array that ends with a NUL. In a fresh process this code is interpreted, where an
 * access to an array costs far less than a call of {@code charAt}. The NUL, which is valid nowhere, saves the bounds
 * checks.
 */
final class JsonParser {
    /** The length of integers, sign included, that fit a {@code long} without a check. */
    private static final int SAFE_LONG_LENGTH = 18;

    private static final int LONGEST_WORD_SHOWN = 20;

    private final String text;
    private final char[] chars;
    private final int end;
    private int position;
    private int depth;
    private int values;

    JsonParser(String text) {
        this.text = text;
        this.end = text.length();
        this.chars = new char[end + 1];
        text.getChars(0, end, chars, 0);
    }

    @Nullable
    Object document() {
        skipWhiteSpace();
        if (chars[position] == '\uFEFF') {
            throw failure(position, "a byte order mark (U+FEFF) is not JSON: save the file as UTF-8 without it");
        }
        Object value = value();
        skipWhiteSpace();
        if (position < end) {
            throw expected("the end of the text");
        }
        return value;
    }

    private @Nullable Object value() {
        char first = chars[position];
        if (first == '"') {
            return string();
        } else if (first == '{') {
            return object();
        } else if (first == '[') {
            return array();
        } else if (first == '-' || isDigit(first)) {
            return number();
        } else if (first == 't' && text.startsWith("true", position)) {
            position += 4;
            return true;
        } else if (first == 'f' && text.startsWith("false", position)) {
            position += 5;
            return false;
        } else if (first == 'n' && text.startsWith("null", position)) {
            position += 4;
            return null;
        }
        throw failure(position, "expected a value but found " + foundWord());
    }

    private Map<String, @Nullable Object> object() {
        open();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        if (chars[position] == '}') {
            close();
            return members;
        }
        while (true) {
            member(members);
            if (chars[position] == '}') {
                close();
                return members;
            }
            if (chars[position] != ',') {
                throw expected("',' or '}'");
            }
            position++;
            skipWhiteSpace();
        }
    }

    private void member(Map<String, @Nullable Object> members) {
        count();
        int start = position;
        if (chars[start] != '"') {
            throw expected(members.isEmpty() ? "a key in double quotes or '}'" : "a key in double quotes");
        }
        String key = string();
        skipWhiteSpace();
        if (chars[position] != ':') {
            throw expected("':'");
        }
        position++;
        skipWhiteSpace();
        int before = members.size();
        members.put(key, value());
        if (members.size() == before) {
            throw failure(start, "the key " + JsonObject.describe(key) + " is there twice in this object");
        }
        skipWhiteSpace();
    }

    private List<@Nullable Object> array() {
        open();
        List<@Nullable Object> elements = new ArrayList<>();
        if (chars[position] == ']') {
            close();
            return elements;
        }
        while (true) {
            count();
            elements.add(value());
            skipWhiteSpace();
            if (chars[position] == ']') {
                close();
                return elements;
            }
            if (chars[position] != ',') {
                throw expected("',' or ']'");
            }
            position++;
            skipWhiteSpace();
        }
    }

    private void count() {
        if (++values > Json.MAX_VALUES) {
            throw failure(position, "arrays and objects have more than " + Json.MAX_VALUES + " elements and members");
        }
    }

    private void open() {
        if (depth == Json.MAX_DEPTH) {
            throw failure(position, "arrays and objects are nested deeper than " + Json.MAX_DEPTH + " levels");
        }
        depth++;
        position++;
        skipWhiteSpace();
    }

    private void close() {
        depth--;
        position++;
    }

    private String string() {
        int start = ++position;
        while (true) {
            char found = chars[position];
            if (found == '"') {
                return new String(chars, start, position++ - start);
            }
            if (found == '\\' || found < ' ' || found >= Character.MIN_SURROGATE) {
                return stringWithEscapes(start);
            }
            position++;
        }
    }

    private String stringWithEscapes(int start) {
        StringBuilder result = new StringBuilder().append(chars, start, position - start);
        while (true) {
            char found = chars[position];
            if (found == '"') {
                position++;
                return result.toString();
            } else if (found == '\\') {
                escape(result);
            } else if (found < ' ') {
                throw position == end
                        ? failure(start - 1, "this string is not closed")
                        : failure(
                                position, "the control character " + codePoint(found) + " must be escaped in a string");
            } else if (Character.isSurrogate(found)) {
                if (!Character.isSurrogatePair(found, chars[position + 1])) {
                    throw unpairedSurrogate(position, found);
                }
                result.append(found).append(chars[position + 1]);
                position += 2;
            } else {
                result.append(found);
                position++;
            }
        }
    }

    private void escape(StringBuilder result) {
        int start = position++;
        char found = chars[position];
        if (found == 'u') {
            unicodeEscape(result, start);
            return;
        }
        switch (found) {
            case '"', '\\', '/' -> result.append(found);
            case 'b' -> result.append('\b');
            case 'f' -> result.append('\f');
            case 'n' -> result.append('\n');
            case 'r' -> result.append('\r');
            case 't' -> result.append('\t');
            default -> throw expected("one of \" \\ / b f n r t u after '\\'");
        }
        position++;
    }

    private void unicodeEscape(StringBuilder result, int start) {
        char first = fourHexDigits();
        result.append(first);
        if (!Character.isSurrogate(first)) {
            return;
        }
        if (Character.isLowSurrogate(first) || chars[position] != '\\' || chars[position + 1] != 'u') {
            throw unpairedSurrogate(start, first);
        }
        position++;
        char second = fourHexDigits();
        if (!Character.isLowSurrogate(second)) {
            throw unpairedSurrogate(start, first);
        }
        result.append(second);
    }

    /** Reads the four digits of an escape. The position moves from the {@code u} to the last digit's successor. */
    private char fourHexDigits() {
        int code = 0;
        for (int i = 0; i < 4; i++) {
            position++;
            int digit = hexDigit(chars[position]);
            if (digit < 0) {
                throw expected("four hexadecimal digits after '\\u'");
            }
            code = code << 4 | digit;
        }
        position++;
        return (char) code;
    }

    // Character.digit is not used, because it also accepts the digits of other scripts.
    private static int hexDigit(char found) {
        if (isDigit(found)) {
            return found - '0';
        }
        int letter = found | 0x20;
        return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
    }

    private Object number() {
        int start = position;
        if (chars[position] == '-') {
            position++;
        }
        if (chars[position] == '0' && isDigit(chars[position + 1])) {
            throw failure(position, "a number must not start with 0");
        }
        digits();
        boolean whole = true;
        if (chars[position] == '.') {
            whole = false;
            position++;
            digits();
        }
        if (chars[position] == 'e' || chars[position] == 'E') {
            whole = false;
            position++;
            if (chars[position] == '+' || chars[position] == '-') {
                position++;
            }
            digits();
        }
        return whole ? integer(start) : decimal(start);
    }

    private void digits() {
        if (!isDigit(chars[position])) {
            throw expected("a digit");
        }
        while (isDigit(chars[position])) {
            position++;
        }
    }

    private Object integer(int start) {
        if (position - start > SAFE_LONG_LENGTH) {
            int digits = position - start - (chars[start] == '-' ? 1 : 0);
            if (digits > Json.MAX_DIGITS) {
                throw failure(
                        start, "an integer of " + digits + " digits: more than " + Json.MAX_DIGITS + " are not read");
            }
            BigInteger large = new BigInteger(text.substring(start, position));
            if (large.bitLength() >= Long.SIZE) {
                return large;
            }
            return large.longValue();
        }
        boolean negative = chars[start] == '-';
        long value = 0;
        for (int i = negative ? start + 1 : start; i < position; i++) {
            value = value * 10 + (chars[i] - '0');
        }
        return negative ? -value : value;
    }

    private Double decimal(int start) {
        double value = Double.parseDouble(text.substring(start, position));
        if (Double.isInfinite(value)) {
            throw failure(start, "a number beyond the range of a double (about 1.8e308)");
        }
        return value;
    }

    private void skipWhiteSpace() {
        while (true) {
            char found = chars[position];
            if (found != ' ' && found != '\n' && found != '\r' && found != '\t') {
                return;
            }
            position++;
        }
    }

    private static boolean isDigit(char found) {
        return found >= '0' && found <= '9';
    }

    private static boolean isLetter(char found) {
        return (found >= 'a' && found <= 'z') || (found >= 'A' && found <= 'Z');
    }

    private RuntimeException expected(String what) {
        return failure(position, "expected " + what + " but found " + found());
    }

    private RuntimeException unpairedSurrogate(int offset, char surrogate) {
        return failure(offset, "the surrogate " + codePoint(surrogate) + " is not part of a pair");
    }

    private RuntimeException failure(int offset, String problem) {
        return JsonException.at(text, offset, problem);
    }

    private String foundWord() {
        int wordEnd = position;
        while (isLetter(chars[wordEnd]) && wordEnd - position < LONGEST_WORD_SHOWN) {
            wordEnd++;
        }
        return wordEnd == position ? found() : "'" + text.substring(position, wordEnd) + "'";
    }

    private String found() {
        if (position == end) {
            return "the end of the text";
        }
        int found = text.codePointAt(position);
        if (found == '\'') {
            return "a single quote";
        }
        boolean shown = (found > ' ' && found < 0x7F) || Character.isLetterOrDigit(found);
        return shown ? "'" + Character.toString(found) + "'" : codePoint(found);
    }

    private static String codePoint(int code) {
        String digits = Integer.toHexString(code).toUpperCase(Locale.ROOT);
        return "U+" + "0000".substring(Math.min(4, digits.length())) + digits;
    }
}
