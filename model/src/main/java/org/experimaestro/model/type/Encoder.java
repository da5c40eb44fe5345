package org.experimaestro.model.type;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.experimaestro.Config;
import org.experimaestro.ConfigId;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.identity.ContentDigest;
import org.experimaestro.model.identity.Decoder;
import org.experimaestro.model.identity.IdentityFormat;
import org.experimaestro.model.identity.JobPath;
import org.experimaestro.model.identity.Md5;
import org.experimaestro.model.root.RootedPath;
import org.jspecify.annotations.Nullable;

/**
 * A writer of the canonical bytes of a configuration, whose MD5 (RFC 1321) is its identifier. {@code
 * docs/identifier-bytes.md} specifies the format. {@link Decoder} reads it back, which proves that no two configurations
 * share their bytes.
 *
 * <p>Confined to one thread.
 */
public final class Encoder {
    private byte[] bytes = new byte[256];
    private int length;

    /**
     * Returns the identifier of a configuration.
     *
     * @param type its type
     * @param arguments the bound values of its parameters
     * @param inits the identifiers of its init tasks, in their order
     * @param producer the identifier of the task that makes it, or {@code null}
     * @param partial the name of a partial identifier of the type; {@code null} for the identifier itself
     * @return the MD5 of its bytes
     */
    public static ConfigId identify(
            TypeDescriptor<?> type,
            @Nullable Object[] arguments,
            List<ConfigId> inits,
            @Nullable ConfigId producer,
            @Nullable String partial) {
        Encoder encoder = new Encoder();
        encoder.configuration(type, arguments, inits, producer, partial);
        return Md5.of(encoder.bytes, encoder.length);
    }

    /**
     * Returns the bytes of one value.
     *
     * @param type its type
     * @param bound the bound value
     * @return a new array
     */
    public static byte[] encode(ValueType type, @Nullable Object bound) {
        Encoder encoder = new Encoder();
        encoder.value(type, bound);
        return encoder.toBytes();
    }

    /**
     * Writes a whole configuration.
     *
     * @param type its type
     * @param arguments the bound values of its parameters
     * @param inits the identifiers of its init tasks, in their order
     * @param producer the identifier of the task that makes it, or {@code null}
     * @param partial the partial identifier, whose parameters alone are written; {@code null} for all
     */
    public void configuration(
            TypeDescriptor<?> type,
            @Nullable Object[] arguments,
            List<ConfigId> inits,
            @Nullable ConfigId producer,
            @Nullable String partial) {
        one(IdentityFormat.FORMAT);
        one(IdentityFormat.CONFIGURATION);
        text(type.typeId());
        four(type.version());
        Defaults defaults = Defaults.of(type);
        for (int index : CountedValue.indices(type, arguments)) {
            Parameter parameter = type.parameter(index);
            if (!CountedValue.isCounted(parameter, arguments[index])
                    || partial != null && parameter.isLeftOutOf(partial)) {
                continue;
            }
            int before = length;
            one(IdentityFormat.PARAMETER);
            block(parameter.encodedName());
            int start = length;
            value(parameter, CountedValue.of(parameter, arguments[index]));
            if (parameter.isCounted() && equalsFrom(start, defaults.encoded(index))) {
                length = before;
            }
        }
        for (ConfigId init : inits) {
            one(IdentityFormat.INIT_TASK);
            raw(init.toBytes());
        }
        if (producer != null) {
            one(IdentityFormat.PRODUCER);
            raw(producer.toBytes());
        }
        one(IdentityFormat.END);
    }

    /**
     * Returns whether any part of a parameter's value counts, apart from the rule for defaults.
     *
     * @param parameter the parameter
     * @param bound the bound value
     * @return false for a meta parameter, unless the plan has said that a configuration in it counts
     */
    public static boolean isCounted(Parameter parameter, @Nullable Object bound) {
        return CountedValue.isCounted(parameter, bound);
    }

    /**
     * Returns whether an element of a collection counts in an identifier.
     *
     * @param parameter the parameter whose value has the collection
     * @param type the type of the element
     * @param element the element
     * @return false for a configuration that does not count there
     */
    public static boolean isElementCounted(Parameter parameter, ValueType type, Object element) {
        return CountedValue.stays(type, element, parameter.isMeta());
    }

    /**
     * Writes the value of a parameter.
     *
     * @param parameter the parameter
     * @param bound the bound value
     */
    public void value(Parameter parameter, @Nullable Object bound) {
        if (parameter.isContent() && bound != null) {
            content((Path) bound);
        } else {
            value(parameter.type(), bound);
        }
    }

    /**
     * Returns the bytes written so far.
     *
     * @return a new array
     */
    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    private void value(ValueType type, @Nullable Object bound) {
        if (bound == null) {
            one(IdentityFormat.ABSENT);
            return;
        }
        switch (type.kind()) {
            case OPTIONAL -> value(type.element(), bound);
            case BOOLEAN -> {
                one(IdentityFormat.BOOLEAN);
                one((Boolean) bound ? 1 : 0);
            }
            case BYTE, SHORT, INT, LONG -> {
                one(IdentityFormat.INTEGER);
                eight(((Number) bound).longValue());
            }
            case FLOAT, DOUBLE -> {
                one(IdentityFormat.FLOATING);
                double value = ((Number) bound).doubleValue();
                eight(Double.doubleToLongBits(value == 0 ? 0.0 : value));
            }
            case CHAR -> {
                one(IdentityFormat.CHARACTER);
                four((Character) bound);
            }
            case STRING -> {
                one(IdentityFormat.STRING);
                text((String) bound);
            }
            case ENUM -> {
                one(IdentityFormat.ENUM);
                text(((Enum<?>) bound).name());
            }
            case DURATION -> {
                one(IdentityFormat.DURATION);
                Duration duration = (Duration) bound;
                eight(duration.toSeconds());
                four(duration.toNanosPart());
            }
            case PATH -> path((Path) bound);
            case CONFIG -> {
                one(IdentityFormat.IDENTIFIER);
                raw(((Config<?>) bound).id().toBytes());
            }
            case LIST -> list(type, (Collection<?>) bound);
            case SET -> set(type, (Collection<?>) bound);
            case MAP -> map(type, (Map<?, ?>) bound);
        }
    }

    private void list(ValueType type, Collection<?> list) {
        one(IdentityFormat.LIST);
        four(list.size());
        for (Object element : list) {
            value(type.element(), element);
        }
    }

    private void set(ValueType type, Collection<?> set) {
        TreeSet<byte[]> elements = new TreeSet<>(Arrays::compareUnsigned);
        for (Object element : set) {
            elements.add(encode(type.element(), element));
        }
        one(IdentityFormat.SET);
        four(elements.size());
        for (byte[] element : elements) {
            raw(element);
        }
    }

    private void map(ValueType type, Map<?, ?> map) {
        byte[][] entries = new byte[map.size()][];
        int count = 0;
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            Encoder encoder = new Encoder();
            encoder.value(type.key(), entry.getKey());
            encoder.value(type.element(), entry.getValue());
            entries[count++] = encoder.toBytes();
        }
        // Keys are distinct and no encoding is a prefix of another, so the keys alone determine the order.
        Arrays.sort(entries, Arrays::compareUnsigned);
        one(IdentityFormat.MAP);
        four(entries.length);
        for (byte[] entry : entries) {
            raw(entry);
        }
    }

    private void path(Path path) {
        JobPath job = JobPath.of(path);
        if (job != null) {
            one(IdentityFormat.JOB_PATH);
            text(job.typeId());
            raw(job.id().toBytes());
            text(job.rest());
        } else if (path instanceof RootedPath rooted) {
            one(IdentityFormat.ROOTED_PATH);
            text(rooted.root());
            text(rooted.rest());
        } else {
            one(IdentityFormat.PATH);
            text(JobPath.text(path));
        }
    }

    private void content(Path path) {
        if (JobPath.of(path) != null) {
            path(path);
        } else {
            one(IdentityFormat.CONTENT);
            raw(ContentDigest.of(RootedPath.plain(path)));
        }
    }

    private boolean equalsFrom(int start, byte[] other) {
        return other.length > 0 && Arrays.equals(bytes, start, length, other, 0, other.length);
    }

    private void text(String text) {
        block(text.getBytes(StandardCharsets.UTF_8));
    }

    private void block(byte[] block) {
        four(block.length);
        raw(block);
    }

    private void raw(byte[] block) {
        reserve(block.length);
        System.arraycopy(block, 0, bytes, length, block.length);
        length += block.length;
    }

    private void one(int value) {
        reserve(1);
        bytes[length++] = (byte) value;
    }

    private void four(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void eight(long value) {
        reserve(8);
        for (int shift = 56; shift >= 0; shift -= 8) {
            bytes[length++] = (byte) (value >>> shift);
        }
    }

    private void reserve(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
