package org.experimaestro.model.identity;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.experimaestro.ConfigId;
import org.experimaestro.model.identity.IdentityTree.Value;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * A reader of the encoder's bytes, which makes a tree of them. It accepts nothing that the encoder would have written
 * in another way, so that bytes and trees correspond one to one.
 *
 * <p>Confined to one thread.
 */
public final class Decoder {
    private static final int ID_BYTES = 16;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    /** The deepest nesting of values, the same as in a file of parameters: deeper bytes would exhaust the stack. */
    private static final int MOST_DEPTH = 512;

    private final byte[] bytes;
    private int at;
    private int depth;

    private Decoder(byte[] bytes) {
        this.bytes = bytes;
    }

    /**
     * Reads a whole configuration.
     *
     * @param stream the bytes of the encoder
     * @return the tree of all values in the identifier
     * @throws IllegalArgumentException if the bytes are malformed; the message has the offset
     */
    public static IdentityTree decode(byte[] stream) {
        Decoder decoder = new Decoder(stream);
        IdentityTree tree = decoder.configuration();
        decoder.requireEnd();
        return tree;
    }

    /**
     * Reads one value.
     *
     * @param stream the encoder's bytes of one value
     * @return the value
     * @throws IllegalArgumentException if the bytes are malformed; the message has the offset
     */
    public static Value decodeValue(byte[] stream) {
        Decoder decoder = new Decoder(stream);
        Value value = decoder.value();
        decoder.requireEnd();
        return value;
    }

    private IdentityTree configuration() {
        int format = one("the format");
        if (format != IdentityFormat.FORMAT) {
            throw malformed(
                    at - 1, "this is format " + format + ", and only format " + IdentityFormat.FORMAT + " is known");
        }
        if (one("a configuration") != IdentityFormat.CONFIGURATION) {
            throw unexpected("a configuration");
        }
        String typeId = typeId();
        int versionAt = at;
        int version = four("the version");
        if (version < 1) {
            throw malformed(versionAt, "version " + version + " is less than 1");
        }
        SortedMap<String, Value> parameters = new TreeMap<>();
        int tag = one("a parameter or the end");
        for (; tag == IdentityFormat.PARAMETER; tag = one("a parameter or the end")) {
            parameter(parameters);
        }
        List<ConfigId> inits = new ArrayList<>();
        for (; tag == IdentityFormat.INIT_TASK; tag = one("an init task or the end")) {
            inits.add(identifier());
        }
        ConfigId producer = null;
        if (tag == IdentityFormat.PRODUCER) {
            producer = identifier();
            tag = one("the end");
        }
        if (tag != IdentityFormat.END) {
            String before = inits.isEmpty() ? "a parameter, an init task" : "an init task";
            throw unexpected(producer == null ? before + ", the producer or the end" : "the end");
        }
        return new IdentityTree(typeId, version, parameters, inits, producer);
    }

    private void parameter(SortedMap<String, Value> parameters) {
        int start = at;
        String name = text("a parameter's name");
        if (!parameters.isEmpty() && parameters.lastKey().compareTo(name) >= 0) {
            throw malformed(start, "parameter " + name + " comes after " + parameters.lastKey());
        }
        parameters.put(name, value());
    }

    private Value value() {
        if (depth == MOST_DEPTH) {
            throw malformed(at, "values are nested deeper than " + MOST_DEPTH + " levels");
        }
        depth++;
        Value value = valueBelow();
        depth--;
        return value;
    }

    private Value valueBelow() {
        int start = at;
        int tag = one("a value");
        return switch (tag) {
            case IdentityFormat.ABSENT -> new IdentityTree.Absent();
            case IdentityFormat.BOOLEAN -> new IdentityTree.BooleanValue(truth());
            case IdentityFormat.INTEGER -> new IdentityTree.IntegerValue(eight("an integer"));
            case IdentityFormat.FLOATING -> new IdentityTree.FloatingValue(floating());
            case IdentityFormat.CHARACTER -> new IdentityTree.CharacterValue(character());
            case IdentityFormat.STRING -> new IdentityTree.StringValue(text("a string"));
            case IdentityFormat.ENUM -> new IdentityTree.EnumValue(text("an enum constant"));
            case IdentityFormat.DURATION -> new IdentityTree.DurationValue(duration());
            case IdentityFormat.PATH -> new IdentityTree.PathValue(text("a path"));
            case IdentityFormat.JOB_PATH -> new IdentityTree.JobPathValue(typeId(), identifier(), text("a path"));
            case IdentityFormat.ROOTED_PATH -> rootedPath();
            case IdentityFormat.CONTENT ->
                new IdentityTree.ContentValue(HexFormat.of().formatHex(raw(ID_BYTES, "a digest")));
            case IdentityFormat.IDENTIFIER -> new IdentityTree.IdentifierValue(identifier());
            case IdentityFormat.LIST -> list();
            case IdentityFormat.SET -> set();
            case IdentityFormat.MAP -> map();
            default -> throw malformed(start, "expected a value, found " + hex(tag));
        };
    }

    private boolean truth() {
        int value = one("a boolean");
        if (value > 1) {
            throw unexpected("a boolean, 00 or 01");
        }
        return value == 1;
    }

    private double floating() {
        int start = at;
        long bits = eight("a floating-point number");
        double value = Double.longBitsToDouble(bits);
        if (Double.doubleToLongBits(value == 0 ? 0.0 : value) != bits) {
            throw malformed(start, "this floating-point number has another form: " + Long.toHexString(bits));
        }
        return value;
    }

    private char character() {
        int start = at;
        int value = four("a character");
        if (value < Character.MIN_VALUE || value > Character.MAX_VALUE) {
            throw malformed(start, value + " is no character");
        }
        return (char) value;
    }

    private Duration duration() {
        long seconds = eight("the seconds of a duration");
        int start = at;
        int nanos = four("the nanoseconds of a duration");
        if (nanos < 0 || nanos >= NANOS_PER_SECOND) {
            throw malformed(start, nanos + " nanoseconds are not less than a second");
        }
        return Duration.ofSeconds(seconds, nanos);
    }

    private Value list() {
        List<Value> elements = new ArrayList<>();
        for (int left = count(); left > 0; left--) {
            elements.add(value());
        }
        return new IdentityTree.ListValue(elements);
    }

    private Value set() {
        Set<Value> elements = new LinkedHashSet<>();
        byte[] before = null;
        for (int left = count(); left > 0; left--) {
            int start = at;
            elements.add(value());
            before = following(before, start, "an element of the set");
        }
        return new IdentityTree.SetValue(elements);
    }

    private Value map() {
        Map<Value, Value> entries = new LinkedHashMap<>();
        byte[] before = null;
        for (int left = count(); left > 0; left--) {
            int start = at;
            Value key = value();
            before = following(before, start, "a key of the map");
            entries.put(key, value());
        }
        return new IdentityTree.MapValue(entries);
    }

    /** Returns the bytes since the start, which must be greater than the bytes of the previous element. */
    private byte[] following(byte @Nullable [] before, int start, String what) {
        byte[] element = Arrays.copyOfRange(bytes, start, at);
        if (before != null && Arrays.compareUnsigned(before, element) >= 0) {
            throw malformed(start, what + " is not in the order of the bytes, or is there twice");
        }
        return element;
    }

    private int count() {
        int start = at;
        int count = four("a number of elements");
        // An element has at least one byte, so a greater count is wrong. It is refused before memory is allocated.
        if (count < 0 || count > bytes.length - at) {
            throw malformed(start, Integer.toUnsignedString(count) + " elements do not fit into what is left");
        }
        return count;
    }

    private String typeId() {
        int start = at;
        String typeId = text("a type id");
        if (!JobPath.isTypeId(typeId)) {
            throw malformed(start, "\"" + typeId + "\" is no type id");
        }
        return typeId;
    }

    private IdentityTree.RootedPathValue rootedPath() {
        int start = at;
        String root = text("a root");
        String rest = text("a path");
        String written = root + ":/" + rest;
        try {
            if (RootedPath.parse(written).written().equals(written)) {
                return new IdentityTree.RootedPathValue(root, rest);
            }
        } catch (IllegalArgumentException noSuchPath) {
            throw new IllegalArgumentException(message(start, String.valueOf(noSuchPath.getMessage())), noSuchPath);
        }
        throw malformed(start, "the path " + written + " is not normalized");
    }

    private ConfigId identifier() {
        return ConfigId.of(raw(ID_BYTES, "an identifier"));
    }

    private String text(String what) {
        int start = at;
        int length = four("the length of " + what);
        byte[] block = raw(length, what);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(block))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            throw new IllegalArgumentException(
                    message(start, what + " is not UTF-8: " + HexFormat.of().formatHex(block)), notUtf8);
        }
    }

    private int one(String what) {
        return Byte.toUnsignedInt(raw(1, what)[0]);
    }

    private int four(String what) {
        return ByteBuffer.wrap(raw(Integer.BYTES, what)).getInt();
    }

    private long eight(String what) {
        return ByteBuffer.wrap(raw(Long.BYTES, what)).getLong();
    }

    private byte[] raw(int length, String what) {
        int left = bytes.length - at;
        if (length < 0 || length > left) {
            throw malformed(
                    at,
                    "expected " + Integer.toUnsignedString(length) + (length == 1 ? " byte" : " bytes") + " of " + what
                            + ", " + left + " are left");
        }
        byte[] block = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return block;
    }

    private void requireEnd() {
        if (at != bytes.length) {
            throw malformed(at, (bytes.length - at) + " bytes follow the end");
        }
    }

    private IllegalArgumentException unexpected(String wanted) {
        return malformed(at - 1, "expected " + wanted + ", found " + hex(Byte.toUnsignedInt(bytes[at - 1])));
    }

    private static IllegalArgumentException malformed(int offset, String problem) {
        return new IllegalArgumentException(message(offset, problem));
    }

    private static String message(int offset, String problem) {
        return "The bytes of an identifier are malformed at offset " + offset + ": " + problem;
    }

    private static String hex(int value) {
        return "byte " + HexFormat.of().withUpperCase().toHexDigits((byte) value);
    }
}
