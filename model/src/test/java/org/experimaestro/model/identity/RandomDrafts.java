package org.experimaestro.model.identity;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.root.RootedPath;

/**
 * A generator of types and configurations. Names, values and types come from small sets that include awkward values.
 * Therefore configurations that differ only a little are frequent.
 */
final class RandomDrafts {
    private static final String JOB = "/jobs/t.learn/00112233445566778899aabbccddeeff";
    private static final List<String> NAMES = List.of("a", "b", "ab", "aB", "größe", "z");
    private static final List<String> TEXTS =
            List.of("", "a", "b", "ab", "\u0000", "größe", "\uD83D\uDE00", "Z", "1", "NaN");
    private static final List<String> TYPE_IDS = List.of("t", "u", "t.u", "T-1");
    private static final List<Long> WHOLES = List.of(0L, 1L, -1L, 2L, 127L);
    private static final List<Double> DECIMALS =
            List.of(0.0, -0.0, 1.0, -1.0, 1e-3, 2.0E-3, Double.NaN, Double.MIN_VALUE, Double.POSITIVE_INFINITY);
    private static final List<ValueType> SCALARS = List.of(
            ValueType.BOOLEAN,
            ValueType.BYTE,
            ValueType.SHORT,
            ValueType.INT,
            ValueType.LONG,
            ValueType.CHAR,
            ValueType.FLOAT,
            ValueType.DOUBLE,
            ValueType.STRING,
            ValueType.PATH,
            ValueType.DURATION,
            ValueType.enumeration(Color.class));
    private static final List<ValueType> KEYS =
            List.of(ValueType.STRING, ValueType.INT, ValueType.DOUBLE, ValueType.enumeration(Color.class));

    enum Color {
        RED,
        GREEN,
        a
    }

    private final Random random;
    private final List<Draft> drafts = new ArrayList<>();

    RandomDrafts(Random random) {
        this.random = random;
    }

    /** Returns the given number of drafts, in which later drafts contain earlier ones. */
    List<Draft> make(int count) {
        while (drafts.size() < count) {
            drafts.add(draft(count));
        }
        return drafts;
    }

    private Draft draft(int size) {
        List<Parameter> parameters = new ArrayList<>();
        Map<String, Draft> defaults = new LinkedHashMap<>();
        Set<String> names = new LinkedHashSet<>();
        for (int left = random.nextInt(Math.min(size, NAMES.size()) + 1); left > 0; left--) {
            names.add(pick(NAMES));
        }
        for (String name : names) {
            parameters.add(parameter(name, defaults));
        }
        Sample.Type type = new Sample.Type(pick(TYPE_IDS), 1 + random.nextInt(2), parameters);
        defaults.forEach((name, draft) ->
                type.withDefaultConfig(name, DraftBuilder.plain().build(draft)));
        Map<String, Object> values = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            if (!parameter.isOptional() || random.nextBoolean()) {
                values.put(parameter.name(), value(parameter.type()));
            }
        }
        Draft task = !drafts.isEmpty() && random.nextInt(5) == 0 ? pick(drafts) : null;
        return new Draft(type, values, task, defaults);
    }

    private Parameter parameter(String name, Map<String, Draft> defaults) {
        ValueType type = type(2);
        Parameter parameter = Parameter.of(name, type);
        if (random.nextBoolean()) {
            if (type.kind() == ValueType.Kind.CONFIG) {
                defaults.put(name, pick(drafts));
                parameter.withDefaultFromMethod();
            } else if (!type.holdsConfigs()) {
                parameter.withDefault(value(type));
                if (random.nextInt(4) == 0) {
                    parameter.withFirstDefault(value(type));
                }
            }
            if (parameter.isOptional() && random.nextInt(4) == 0) {
                parameter.withDefaultInId();
            }
            if (parameter.isOptional() && random.nextInt(4) == 0) {
                parameter.withMeta();
            }
        }
        return parameter;
    }

    private ValueType type(int depth) {
        int choice = random.nextInt(depth == 0 ? 8 : 14);
        if (choice < 6) {
            return pick(SCALARS);
        }
        return switch (choice) {
            case 6, 7, 8 -> drafts.isEmpty() ? ValueType.INT : Sample.TYPE;
            case 9 -> ValueType.optional(type(0));
            case 10, 11 -> ValueType.list(type(depth - 1, ValueType.Kind.OPTIONAL));
            case 12 -> ValueType.set(type(depth - 1, ValueType.Kind.OPTIONAL));
            default -> ValueType.map(pick(KEYS), type(depth - 1, ValueType.Kind.OPTIONAL));
        };
    }

    private ValueType type(int depth, ValueType.Kind except) {
        ValueType type = type(depth);
        return type.kind() == except ? type.element() : type;
    }

    private Object value(ValueType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE, SHORT, INT, LONG -> whole(type);
            case FLOAT -> pick(DECIMALS).floatValue();
            case DOUBLE -> pick(DECIMALS);
            case CHAR -> pick(List.of('a', 'b', '\u0000', '\uD83D'));
            case STRING -> pick(TEXTS);
            case ENUM -> pick(List.of(Color.values()));
            case DURATION ->
                pick(List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofSeconds(1), Duration.ofNanos(1)));
            case PATH ->
                pick(List.of(
                        Path.of("/data/a"),
                        Path.of("/w" + JOB),
                        Path.of("/v" + JOB),
                        Path.of("/w" + JOB + "/a"),
                        Path.of("/v" + JOB + "/a"),
                        Path.of("/data/b"),
                        RootedPath.parse("data:/a"),
                        RootedPath.parse("data:/"),
                        RootedPath.parse("w:" + JOB + "/a"),
                        RootedPath.parse("other:/a"),
                        Path.of("a"),
                        Path.of("/")));
            case CONFIG -> pick(drafts);
            case OPTIONAL -> random.nextInt(3) == 0 ? Optional.empty() : Optional.of(value(type.element()));
            case LIST -> some(() -> value(type.element()));
            case SET -> new LinkedHashSet<>(some(() -> value(type.element())));
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                // −0.0 and 0.0 are one key, so it would be random which of two entries is kept.
                some(() -> withoutNegativeZero(value(type.key()))).forEach(key -> map.put(key, value(type.element())));
                yield map;
            }
        };
    }

    private Object whole(ValueType type) {
        long value = pick(WHOLES);
        return switch (type.kind()) {
            case BYTE -> (byte) value;
            case SHORT -> (short) value;
            case INT -> (int) value;
            default -> value;
        };
    }

    private static Object withoutNegativeZero(Object key) {
        return key instanceof Double number ? (Object) (number + 0.0) : key;
    }

    private List<Object> some(Supplier<Object> element) {
        List<Object> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private <E> E pick(List<? extends E> elements) {
        return elements.get(random.nextInt(elements.size()));
    }
}
