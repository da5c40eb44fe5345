package org.experimaestro.web.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.experimaestro.base.text.VisibleText;

/** The reader of percent-encoded texts, which refuses escapes that stand for no text. */
public final class PercentText {
    private PercentText() {}

    /**
     * Decodes a text. A plus sign stays.
     *
     * @param text the text; characters outside of escapes stay as they are
     * @return the text without its escapes
     * @throws HttpProblem if an escape lacks a digit, or escapes are no UTF-8
     */
    public static String decode(String text) {
        StringBuilder decoded = new StringBuilder(text.length());
        int i = 0;
        while (i < text.length()) {
            if (text.charAt(i) == '%') {
                ByteArrayOutputStream bytes = new ByteArrayOutputStream();
                while (i < text.length() && text.charAt(i) == '%') {
                    bytes.write(escaped(text, i));
                    i += 3;
                }
                decoded.append(utf8(bytes.toByteArray(), text));
            } else {
                decoded.append(text.charAt(i));
                i++;
            }
        }
        return decoded.toString();
    }

    /**
     * Returns whether a decoded text can be a segment of a path.
     *
     * @param decoded the text
     * @return false if it is empty, leads to another folder, or has a slash or a control character
     */
    public static boolean isSegment(String decoded) {
        return !decoded.isEmpty()
                && !decoded.equals(".")
                && !decoded.equals("..")
                && decoded.chars().noneMatch(found -> found == '/' || found == '\\' || Character.isISOControl(found));
    }

    private static int escaped(String text, int at) {
        boolean isWhole = at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
        if (!isWhole) {
            throw wrong(text, "has a wrong escape");
        }
        return HexFormat.fromHexDigits(text, at + 1, at + 3);
    }

    private static String utf8(byte[] bytes, String text) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException noText) {
            throw wrong(text, "has escapes that are not UTF-8");
        }
    }

    private static HttpProblem wrong(String text, String what) {
        return new HttpProblem(
                400,
                "Cannot read the address: \"" + VisibleText.of(text) + "\" " + what,
                "write each byte of a text in UTF-8 as two hexadecimal digits behind a percent sign");
    }
}
