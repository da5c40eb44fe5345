package org.experimaestro.web.address;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/** Parts of addresses as text that people can read: only what would be misread is encoded. */
final class AddressText {
    private static final String PLAIN = "-_.!~*'()";
    private static final String PLAIN_IN_VALUES = "=,:/;@$";
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    private AddressText() {}

    /** Returns a segment of a path: {@code a/b} is {@code a%2Fb}. */
    static String segment(String text) {
        return encoded(text, PLAIN);
    }

    /** Returns a value of a query, with {@code +} for a space. */
    static String value(String text) {
        return encoded(text, PLAIN + PLAIN_IN_VALUES).replace("%20", "+");
    }

    /** Returns names as one text, separated by commas. */
    static String list(List<String> names) {
        return names.stream()
                .map(name -> name.replace("%", "%25").replace(",", "%2C"))
                .collect(Collectors.joining(","));
    }

    /** Returns the names of a text that {@link #list} made. */
    static List<String> names(String text) {
        List<String> names = new ArrayList<>();
        if (!text.isEmpty()) {
            for (String name : text.split(",", -1)) {
                names.add(decoded(name));
            }
        }
        return names;
    }

    /** Returns a value of a query without its escapes. */
    static String ofValue(String text) {
        return decoded(text.replace('+', ' '));
    }

    private static String encoded(String text, String plain) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : text.getBytes(StandardCharsets.UTF_8)) {
            boolean isPlain = unit >= '0' && unit <= '9'
                    || unit >= 'A' && unit <= 'Z'
                    || unit >= 'a' && unit <= 'z'
                    || unit > 0 && plain.indexOf(unit) >= 0;
            if (isPlain) {
                encoded.append((char) unit);
            } else {
                encoded.append('%').append(HEX.toHexDigits(unit));
            }
        }
        return encoded.toString();
    }

    /** Returns a text without its escapes, or as it is if they are wrong: an address is typed by people too. */
    static String decoded(String text) {
        byte[] units = text.getBytes(StandardCharsets.UTF_8);
        ByteBuffer decoded = ByteBuffer.allocate(units.length);
        for (int i = 0; i < units.length; i++) {
            if (units[i] != '%') {
                decoded.put(units[i]);
            } else if (i + 2 < units.length
                    && HexFormat.isHexDigit(units[i + 1])
                    && HexFormat.isHexDigit(units[i + 2])) {
                decoded.put((byte) (HexFormat.fromHexDigit(units[i + 1]) << 4 | HexFormat.fromHexDigit(units[i + 2])));
                i += 2;
            } else {
                return new String(units, StandardCharsets.UTF_8);
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(decoded.flip()).toString();
        } catch (CharacterCodingException noText) {
            return new String(units, StandardCharsets.UTF_8);
        }
    }
}
