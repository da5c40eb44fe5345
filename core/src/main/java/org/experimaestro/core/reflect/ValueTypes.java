package org.experimaestro.core.reflect;

import java.io.File;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.generated.ValueType;
import org.jspecify.annotations.Nullable;

/** A reader of the type of one parameter, or of the problem with it. */
final class ValueTypes {
    private static final Map<Class<?>, ValueType> SCALARS = Map.ofEntries(
            Map.entry(boolean.class, ValueType.BOOLEAN),
            Map.entry(Boolean.class, ValueType.BOOLEAN),
            Map.entry(byte.class, ValueType.BYTE),
            Map.entry(Byte.class, ValueType.BYTE),
            Map.entry(short.class, ValueType.SHORT),
            Map.entry(Short.class, ValueType.SHORT),
            Map.entry(int.class, ValueType.INT),
            Map.entry(Integer.class, ValueType.INT),
            Map.entry(long.class, ValueType.LONG),
            Map.entry(Long.class, ValueType.LONG),
            Map.entry(char.class, ValueType.CHAR),
            Map.entry(Character.class, ValueType.CHAR),
            Map.entry(float.class, ValueType.FLOAT),
            Map.entry(Float.class, ValueType.FLOAT),
            Map.entry(double.class, ValueType.DOUBLE),
            Map.entry(Double.class, ValueType.DOUBLE),
            Map.entry(String.class, ValueType.STRING),
            Map.entry(Path.class, ValueType.PATH),
            Map.entry(Duration.class, ValueType.DURATION));
    private static final String KEYS = "its keys must be of type String, an enum, or a number";

    private final ClassProblems problems;
    private final String parameter;

    ValueTypes(ClassProblems problems, String parameter) {
        this.problems = problems;
        this.parameter = parameter;
    }

    /** Returns the class of a type at run time; for a type variable the class of its bound. */
    static Class<?> erase(Type type) {
        if (type instanceof Class<?> plain) {
            return plain;
        }
        if (type instanceof ParameterizedType generic) {
            return (Class<?>) generic.getRawType();
        }
        if (type instanceof TypeVariable<?> variable) {
            return erase(variable.getBounds()[0]);
        }
        return type instanceof WildcardType wildcard ? erase(wildcard.getUpperBounds()[0]) : Object.class;
    }

    /** Returns the type, or {@code null} after a problem. */
    @Nullable
    ValueType read(Type type) {
        if (type instanceof Class<?> plain) {
            return plain.isArray() ? refuseArray(plain, plain.getComponentType()) : readClass(plain);
        }
        if (type instanceof ParameterizedType generic) {
            return readGeneric(generic);
        }
        if (type instanceof TypeVariable<?> variable) {
            return Configurable.class.isAssignableFrom(erase(variable))
                    ? ValueType.config(erase(variable))
                    : refuse(
                            type,
                            "the type variable must be bounded: " + variable
                                    + " extends Configurable, or an interface that extends it");
        }
        return type instanceof GenericArrayType array
                ? refuseArray(type, array.getGenericComponentType())
                : refuseWildcard(type);
    }

    private @Nullable ValueType readClass(Class<?> type) {
        ValueType scalar = SCALARS.get(type);
        if (scalar != null) {
            return scalar;
        }
        if (type.getTypeParameters().length > 0) {
            return refuse(type, "it is raw; write its type arguments, such as " + type.getSimpleName() + "<…>");
        }
        return type.isEnum() ? readEnum(type) : readOther(type, type);
    }

    private @Nullable ValueType readGeneric(ParameterizedType type) {
        Class<?> raw = erase(type);
        Type[] arguments = type.getActualTypeArguments();
        if (raw == Optional.class) {
            ValueType content = read(arguments[0]);
            return content != null && content.kind() == ValueType.Kind.OPTIONAL
                    ? refuse(type, "an optional cannot be in another; write " + content)
                    : content == null ? null : ValueType.optional(content);
        }
        if (raw == List.class || raw == Set.class) {
            ValueType element = readInside(type, arguments[0]);
            if (element == null) {
                return null;
            }
            return raw == List.class ? ValueType.list(element) : ValueType.set(element);
        }
        if (raw == Map.class) {
            ValueType element = readInside(type, arguments[1]);
            ValueType key = readKey(type, arguments[0]);
            return key == null || element == null ? null : ValueType.map(key, element);
        }
        return readOther(raw, type);
    }

    private @Nullable ValueType readInside(Type container, Type type) {
        ValueType element = read(type);
        if (element != null && element.kind() == ValueType.Kind.OPTIONAL) {
            return refuse(
                    container,
                    "an optional cannot be in a collection; write " + element.element()
                            + " and leave absent values out");
        }
        return element;
    }

    private @Nullable ValueType readKey(Type map, Type type) {
        if (!(type instanceof Class<?> key)) {
            return refuse(map, KEYS);
        }
        boolean number = SCALARS.containsKey(key) && Number.class.isAssignableFrom(key);
        return number || key == String.class || key.isEnum() ? readClass(key) : refuse(map, KEYS);
    }

    private @Nullable ValueType readEnum(Class<?> type) {
        return Configurable.class.isAssignableFrom(type)
                ? refuse(type, "an enum cannot be a configuration; remove Configurable from it, or make it a record")
                : ValueType.enumeration(type);
    }

    private @Nullable ValueType readOther(Class<?> raw, Type type) {
        if (!Configurable.class.isAssignableFrom(raw)) {
            return refuse(type, mendFor(raw, type));
        }
        if (type instanceof ParameterizedType generic) {
            for (Type argument : generic.getActualTypeArguments()) {
                if (argument instanceof WildcardType) {
                    return refuseWildcard(type);
                }
            }
        }
        if (Modifier.isFinal(raw.getModifiers()) && !raw.isAnnotationPresent(ConfigType.class)) {
            return refuse(type, "annotate " + raw.getSimpleName() + " with @ConfigType");
        }
        return ValueType.config(raw);
    }

    private static String mendFor(Class<?> raw, Type type) {
        String arguments = type instanceof ParameterizedType generic
                ? "<"
                        + ClassProblems.name(
                                generic.getActualTypeArguments()[generic.getActualTypeArguments().length - 1])
                        + ">"
                : "";
        if (raw == Config.class) {
            return "the handle belongs to plans; write the plain type";
        }
        if (raw.isRecord()) {
            return "it is a record but no configuration; annotate " + raw.getSimpleName()
                    + " with @ConfigType and let it implement Configurable";
        }
        if (Set.class.isAssignableFrom(raw)) {
            return "write the interface Set" + arguments;
        }
        if (Collection.class.isAssignableFrom(raw) || raw == Iterable.class) {
            return "write the interface List" + arguments;
        }
        if (Map.class.isAssignableFrom(raw)) {
            return "write the interface Map";
        }
        if (raw == OptionalInt.class || raw == OptionalLong.class || raw == OptionalDouble.class) {
            String content = raw.getSimpleName().substring("Optional".length());
            return "write Optional<" + (content.equals("Int") ? "Integer" : content) + ">";
        }
        return raw == File.class
                ? "write Path"
                : "it is not supported; use numbers, boolean, char, String, enums, Path, Duration, Optional, List, Set,"
                        + " Map, or a type that implements Configurable";
    }

    private @Nullable ValueType refuseArray(Type type, Type component) {
        ValueType element = component instanceof Class<?> plain ? SCALARS.get(plain) : null;
        String boxed = element == null
                ? ClassProblems.name(component)
                : element.javaClass().getSimpleName();
        return refuse(type, "arrays can be changed and have no equality; write List<" + boxed + ">");
    }

    private @Nullable ValueType refuseWildcard(Type type) {
        return refuse(type, "wildcards are not supported; write the interface or class that is meant");
    }

    private @Nullable ValueType refuse(Type type, String mend) {
        problems.add("parameter " + parameter + " has the type " + ClassProblems.name(type) + ": " + mend);
        return null;
    }
}
