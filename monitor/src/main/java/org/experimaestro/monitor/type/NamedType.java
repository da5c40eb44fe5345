package org.experimaestro.monitor.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.defaults.TextType;
import org.experimaestro.generated.ValueType.Kind;

/**
 * A type of which only the name is known, as in Java source with simple names. Other names than those of supported
 * types belong to enums or configurations, which cannot be told apart here. Such a type counts as an enum.
 *
 * @param kind the kind of the type
 * @param parts the types between the angle brackets
 */
public record NamedType(Kind kind, List<NamedType> parts) implements TextType {
    private static final Map<String, Kind> KINDS = Map.ofEntries(
            Map.entry("boolean", Kind.BOOLEAN),
            Map.entry("Boolean", Kind.BOOLEAN),
            Map.entry("byte", Kind.BYTE),
            Map.entry("Byte", Kind.BYTE),
            Map.entry("short", Kind.SHORT),
            Map.entry("Short", Kind.SHORT),
            Map.entry("int", Kind.INT),
            Map.entry("Integer", Kind.INT),
            Map.entry("long", Kind.LONG),
            Map.entry("Long", Kind.LONG),
            Map.entry("char", Kind.CHAR),
            Map.entry("Character", Kind.CHAR),
            Map.entry("float", Kind.FLOAT),
            Map.entry("Float", Kind.FLOAT),
            Map.entry("double", Kind.DOUBLE),
            Map.entry("Double", Kind.DOUBLE),
            Map.entry("String", Kind.STRING),
            Map.entry("Path", Kind.PATH),
            Map.entry("Duration", Kind.DURATION),
            Map.entry("Optional", Kind.OPTIONAL),
            Map.entry("List", Kind.LIST),
            Map.entry("Set", Kind.SET),
            Map.entry("Map", Kind.MAP));

    /**
     * Parses the name of a type.
     *
     * @param name the name as in Java source, with simple names
     * @return the type; an enum for an unknown name
     */
    public static NamedType parse(String name) {
        int open = name.indexOf('<');
        Kind kind = KINDS.getOrDefault((open < 0 ? name : name.substring(0, open)).strip(), Kind.ENUM);
        List<NamedType> parts = new ArrayList<>();
        if (open >= 0 && kind != Kind.ENUM && name.endsWith(">")) {
            int depth = 0;
            int start = open + 1;
            for (int i = start; i < name.length(); i++) {
                char c = name.charAt(i);
                if (depth == 0 && (c == ',' || i == name.length() - 1)) {
                    parts.add(parse(name.substring(start, i).strip()));
                    start = i + 1;
                }
                depth += c == '<' ? 1 : c == '>' ? -1 : 0;
            }
        }
        // The annotation processor writes no name with a wrong number of parts.
        return parts.size() == size(kind)
                ? new NamedType(kind, List.copyOf(parts))
                : new NamedType(Kind.ENUM, List.of());
    }

    /** Returns the depth of a name's nested angle brackets. */
    static int depth(String name) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < name.length(); i++) {
            depth += name.charAt(i) == '<' ? 1 : name.charAt(i) == '>' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /** Returns the number of a type's parts. */
    private static int size(Kind kind) {
        return switch (kind) {
            case OPTIONAL, LIST, SET -> 1;
            case MAP -> 2;
            default -> 0;
        };
    }

    /**
     * Returns whether the values may be configurations, or may hold some.
     *
     * @return true also if this is not known
     */
    public boolean mayHoldConfigs() {
        return parts.isEmpty() ? kind == Kind.ENUM : element().mayHoldConfigs();
    }

    /**
     * Returns whether the values are paths, or hold some.
     *
     * @return true for a path, and for collections of paths
     */
    public boolean holdsPaths() {
        return parts.isEmpty() ? kind == Kind.PATH : element().holdsPaths();
    }

    /**
     * Returns whether the values are floats, or hold some.
     *
     * @return true for a float, and for collections of floats
     */
    public boolean holdsFloats() {
        return parts.isEmpty() ? kind == Kind.FLOAT : element().holdsFloats();
    }

    @Override
    public NamedType element() {
        return parts.get(parts.size() - 1);
    }

    @Override
    public NamedType key() {
        return parts.get(0);
    }

    /**
     * Throws, because a name tells no constants. The compiler has checked the constants in defaults;
     * {@link StoredDefault} compares them as text.
     */
    @Override
    public List<String> constantNames() {
        throw new UnsupportedOperationException("The constants of an enum are not known from its name");
    }

    @Override
    public Object constant(String name) {
        return name;
    }
}
