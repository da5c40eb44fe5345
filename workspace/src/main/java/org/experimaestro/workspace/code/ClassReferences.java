package org.experimaestro.workspace.code;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A reader of the names in a class file: of the classes that its code, its records and its nest name. */
final class ClassReferences {
    private static final int HEADER_BYTES = 8;

    private ClassReferences() {}

    /**
     * Returns the classes that a class file names, by its constant pool (Java Virtual Machine Specification, 4.4).
     *
     * @param classFile the bytes
     * @return binary names with slashes, the class itself among them
     * @throws IOException if it is no class file that this version can read
     */
    static List<String> of(byte[] classFile) throws IOException {
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(classFile))) {
            in.skipNBytes(HEADER_BYTES);
            int count = in.readUnsignedShort();
            String[] texts = new String[count];
            List<Integer> classes = new ArrayList<>();
            for (int index = 1; index < count; index++) {
                int tag = in.readUnsignedByte();
                switch (tag) {
                    case 1 -> texts[index] = in.readUTF();
                    case 7 -> classes.add(in.readUnsignedShort());
                    case 8, 16, 19, 20 -> in.skipNBytes(2);
                    case 15 -> in.skipNBytes(3);
                    case 3, 4, 9, 10, 11, 12, 17, 18 -> in.skipNBytes(4);
                    case 5, 6 -> {
                        in.skipNBytes(8);
                        index++; // a long or double takes two places
                    }
                    default -> throw new IOException("the constant pool has the unknown tag " + tag);
                }
            }
            List<String> names = new ArrayList<>();
            for (int text : classes) {
                String name = text < count ? texts[text] : null;
                if (name != null) {
                    names.add(elementName(name));
                }
            }
            return names;
        }
    }

    /** Returns the class of an array's elements: of {@code [Lp/A;} it is {@code p/A}. */
    private static String elementName(String name) {
        int dimensions = name.lastIndexOf('[') + 1;
        return dimensions > 0 && name.endsWith(";") ? name.substring(dimensions + 1, name.length() - 1) : name;
    }
}
