package org.experimaestro.model.identity;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.experimaestro.ConfigId;
import org.experimaestro.model.identity.IdentityTree.Value;
import org.jspecify.annotations.Nullable;

/** A second encoder of the format, written from {@code docs/identifier-bytes.md} alone. */
final class ReferenceEncoder {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final DataOutputStream out = new DataOutputStream(bytes);

    static byte[] encode(IdentityTree tree) {
        ReferenceEncoder encoder = new ReferenceEncoder();
        try {
            encoder.tree(tree);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return encoder.bytes.toByteArray();
    }

    private static byte[] encode(Value value) throws IOException {
        ReferenceEncoder encoder = new ReferenceEncoder();
        encoder.value(value);
        return encoder.bytes.toByteArray();
    }

    private void tree(IdentityTree tree) throws IOException {
        out.writeByte(1);
        out.writeByte('C');
        text(tree.typeId());
        out.writeInt(tree.version());
        for (Map.Entry<String, Value> parameter : tree.parameters().entrySet()) {
            out.writeByte('P');
            text(parameter.getKey());
            value(parameter.getValue());
        }
        for (ConfigId init : tree.inits()) {
            identifier('A', init);
        }
        identifier('T', tree.producer());
        out.writeByte('Z');
    }

    private void value(Value value) throws IOException {
        if (value instanceof IdentityTree.Absent) {
            out.writeByte('N');
        } else if (value instanceof IdentityTree.BooleanValue truth) {
            out.writeByte('B');
            out.writeBoolean(truth.value());
        } else if (value instanceof IdentityTree.IntegerValue whole) {
            out.writeByte('I');
            out.writeLong(whole.value());
        } else if (value instanceof IdentityTree.FloatingValue floating) {
            out.writeByte('D');
            out.writeDouble(floating.value());
        } else if (value instanceof IdentityTree.CharacterValue character) {
            out.writeByte('H');
            out.writeInt(character.value());
        } else if (value instanceof IdentityTree.DurationValue duration) {
            out.writeByte('U');
            out.writeLong(duration.value().getSeconds());
            out.writeInt(duration.value().getNano());
        } else if (value instanceof IdentityTree.IdentifierValue nested) {
            identifier('R', nested.id());
        } else if (value instanceof IdentityTree.ContentValue content) {
            out.writeByte('K');
            out.write(HexFormat.of().parseHex(content.digest()));
        } else {
            textOrCollection(value);
        }
    }

    private void textOrCollection(Value value) throws IOException {
        if (value instanceof IdentityTree.StringValue string) {
            out.writeByte('S');
            text(string.value());
        } else if (value instanceof IdentityTree.EnumValue constant) {
            out.writeByte('E');
            text(constant.name());
        } else if (value instanceof IdentityTree.PathValue path) {
            out.writeByte('F');
            text(path.path());
        } else if (value instanceof IdentityTree.JobPathValue path) {
            out.writeByte('J');
            text(path.typeId());
            out.write(path.id().toBytes());
            text(path.rest());
        } else if (value instanceof IdentityTree.RootedPathValue path) {
            out.writeByte('O');
            text(path.root());
            text(path.rest());
        } else if (value instanceof IdentityTree.ListValue list) {
            out.writeByte('L');
            out.writeInt(list.elements().size());
            for (Value element : list.elements()) {
                value(element);
            }
        } else if (value instanceof IdentityTree.SetValue set) {
            set(set);
        } else {
            map((IdentityTree.MapValue) value);
        }
    }

    private void set(IdentityTree.SetValue set) throws IOException {
        TreeSet<byte[]> elements = new TreeSet<>(Arrays::compareUnsigned);
        for (Value element : set.elements()) {
            elements.add(encode(element));
        }
        out.writeByte('X');
        out.writeInt(elements.size());
        for (byte[] element : elements) {
            out.write(element);
        }
    }

    private void map(IdentityTree.MapValue map) throws IOException {
        TreeMap<byte[], byte[]> entries = new TreeMap<>(Arrays::compareUnsigned);
        for (Map.Entry<Value, Value> entry : map.entries().entrySet()) {
            entries.put(encode(entry.getKey()), encode(entry.getValue()));
        }
        out.writeByte('M');
        out.writeInt(entries.size());
        for (Map.Entry<byte[], byte[]> entry : entries.entrySet()) {
            out.write(entry.getKey());
            out.write(entry.getValue());
        }
    }

    private void identifier(char tag, @Nullable ConfigId id) throws IOException {
        if (id != null) {
            out.writeByte(tag);
            out.write(id.toBytes());
        }
    }

    private void text(String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
