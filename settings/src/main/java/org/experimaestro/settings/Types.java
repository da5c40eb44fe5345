package org.experimaestro.settings;

import java.lang.invoke.MethodType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.WildcardType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Requirement;

/** A classification of the types that settings may have. */
final class Types {
    private static final Set<Class<?>> SCALARS = Set.of(
            Byte.class,
            Short.class,
            Integer.class,
            Long.class,
            Float.class,
            Double.class,
            Boolean.class,
            Character.class,
            String.class,
            Path.class,
            Duration.class,
            Requirement.class);

    private Types() {}

    /** Returns the class of a type, boxed if it is a primitive; {@code Object} if there is none. */
    static Class<?> raw(Type type) {
        return switch (type) {
            case Class<?> plain -> MethodType.methodType(plain).wrap().returnType();
            case ParameterizedType generic -> raw(generic.getRawType());
            case WildcardType wildcard -> raw(wildcard.getUpperBounds()[0]);
            default -> Object.class;
        };
    }

    /** Returns the type argument at an index: the element of {@code List<Integer>} is at 0. */
    static Type argument(Type type, int index) {
        Type wanted = switch (type) {
            case WildcardType wildcard -> argument(wildcard.getUpperBounds()[0], index);
            case ParameterizedType generic -> generic.getActualTypeArguments()[index];
            default -> throw new IllegalArgumentException(type + " has no type arguments");
        };
        return wanted instanceof WildcardType wildcard ? wildcard.getUpperBounds()[0] : wanted;
    }

    /** Returns whether a value of this class is written as a single YAML value. */
    static boolean isScalar(Class<?> raw) {
        return SCALARS.contains(raw) || raw.isEnum() || raw.isAnnotationPresent(WrittenAs.class);
    }

    static boolean isNumber(Class<?> raw) {
        return Number.class.isAssignableFrom(raw) && SCALARS.contains(raw);
    }

    /** Returns the type inside optionals, lists, sets, and the values of maps, at any depth. */
    static Type leaf(Type type) {
        Class<?> raw = raw(type);
        if (raw == Optional.class || raw == List.class || raw == Set.class || raw == Located.class) {
            return leaf(argument(type, 0));
        }
        return raw == Map.class ? leaf(argument(type, 1)) : type;
    }

    static List<String> constantNames(Class<?> enumClass) {
        return constants(enumClass).stream().map(Enum::name).toList();
    }

    static List<? extends Enum<?>> constants(Class<?> enumClass) {
        return Arrays.stream(Objects.requireNonNull(enumClass.getEnumConstants(), "not an enum"))
                .map(constant -> (Enum<?>) constant)
                .toList();
    }
}
