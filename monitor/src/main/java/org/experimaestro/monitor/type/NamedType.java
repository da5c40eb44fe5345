package org.experimaestro.monitor.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.experimaestro.core.defaults.TextType;
import org.experimaestro.generated.ValueType.Kind;

/**
 * A type of which only the name is known, as in Java source with simple names. What is none of the types that the
 * system knows by name may be an enum or a configuration: it is taken for an enum.
 *
 * @param kind the shape
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
     * Reads the name of a type.
     *
     * @param name as in Java source, with simple names
     * @return the type; an enum where the name is none that the system knows
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
        // A name with too few parts is none that a processor of ours has written.
        return parts.size() == size(kind)
                ? new NamedType(kind, List.copyOf(parts))
                : new NamedType(Kind.ENUM, List.of());
    }

    /** How deep the angle brackets of a type are nested. */
    static int depth(String name) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < name.length(); i++) {
            depth += name.charAt(i) == '<' ? 1 : name.charAt(i) == '>' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }

    /** How many parts a type has; one with others is none that the system knows. */
    private static int size(Kind kind) {
        return switch (kind) {
            case OPTIONAL, LIST, SET -> 1;
            case MAP -> 2;
            default -> 0;
        };
    }

    /**
     * Whether its values can be configurations, or can hold some.
     *
     * @return true also if that is not known
     */
    public boolean mayHoldConfigs() {
        return parts.isEmpty() ? kind == Kind.ENUM : element().mayHoldConfigs();
    }

    /**
     * Whether its values are paths, or hold some.
     *
     * @return true for a path, and for collections of paths
     */
    public boolean holdsPaths() {
        return parts.isEmpty() ? kind == Kind.PATH : element().holdsPaths();
    }

    /**
     * Whether its values are floats, or hold some.
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

    /** Nobody knows them here, and the compiler has checked the names that are used: see {@link StoredDefault}. */
    @Override
    public List<String> constantNames() {
        throw new UnsupportedOperationException("The constants of an enum are not known from its name");
    }

    @Override
    public Object constant(String name) {
        return name;
    }
}
