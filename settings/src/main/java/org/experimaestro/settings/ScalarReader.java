package org.experimaestro.settings;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.experimaestro.LaunchException;
import org.experimaestro.Requirement;
import org.experimaestro.base.text.NameCharset;
import org.experimaestro.base.text.NearName;
import org.experimaestro.core.defaults.DurationText;
import org.experimaestro.model.root.RootPlaces;
import org.experimaestro.model.root.RootedPath;
import org.experimaestro.settings.YamlValue.Kind;
import org.experimaestro.settings.YamlValue.Scalar;
import org.jspecify.annotations.Nullable;

/** A converter of single values, which is exact: nothing is rounded, cut, or guessed. */
final class ScalarReader {
    private static final Map<Class<?>, BigInteger[]> LIMITS = Map.of(
            Byte.class, limits(Byte.MIN_VALUE, Byte.MAX_VALUE),
            Short.class, limits(Short.MIN_VALUE, Short.MAX_VALUE),
            Integer.class, limits(Integer.MIN_VALUE, Integer.MAX_VALUE),
            Long.class, limits(Long.MIN_VALUE, Long.MAX_VALUE));
    private static final List<String> TRUE_WORDS = List.of("yes", "on", "y");
    private static final List<String> FALSE_WORDS = List.of("no", "off", "n");

    private ScalarReader() {}

    /** The result of a conversion. */
    sealed interface Reading {}

    /** A converted value. */
    record Converted(Object value) implements Reading {}

    /** A refusal of a value that does not fit, with the value expected, and advice if there is one. */
    record Refused(String expected, @Nullable String advice) implements Reading {}

    /** A refusal of a value in a language of its own, with all mistakes and their places in the value. */
    record Mistaken(String mistakes) implements Reading {}

    /**
     * Converts a value.
     *
     * @param type a class of {@link Types#isScalar}, boxed
     * @param scalar the value; not null of YAML
     */
    static Reading read(Class<?> type, Scalar scalar) {
        if (LIMITS.containsKey(type)) {
            return wholeNumber(type, scalar);
        }
        if (type == Double.class || type == Float.class) {
            return decimal(type, scalar);
        }
        if (type == Boolean.class) {
            return truth(scalar);
        }
        if (type.isEnum()) {
            return constant(type, scalar);
        }
        if (type.isAnnotationPresent(WrittenAs.class)) {
            return written(type, scalar);
        }
        return text(type, scalar);
    }

    /** Returns the value of a YAML integer: decimal, {@code 0x1F}, or {@code 0o17}. */
    static BigInteger integer(String text) {
        if (text.startsWith("0x")) {
            return new BigInteger(text.substring(2), 16);
        }
        return text.startsWith("0o") ? new BigInteger(text.substring(2), 8) : new BigInteger(text);
    }

    private static Reading wholeNumber(Class<?> type, Scalar scalar) {
        BigInteger[] limits = Objects.requireNonNull(LIMITS.get(type));
        if (scalar.kind() != Kind.INTEGER) {
            return new Refused(TypeWords.one(type), adviceForWhole(scalar));
        }
        BigInteger number = integer(scalar.text());
        if (number.compareTo(limits[0]) < 0 || number.compareTo(limits[1]) > 0) {
            return new Refused("a whole number from %s to %s".formatted(limits[0], limits[1]), null);
        }
        if (type == Long.class) {
            return new Converted(number.longValueExact());
        }
        int small = number.intValueExact();
        if (type == Integer.class) {
            return new Converted(small);
        }
        return new Converted(type == Short.class ? (Object) (short) small : (Object) (byte) small);
    }

    private static @Nullable String adviceForWhole(Scalar scalar) {
        if (scalar.kind() == Kind.DECIMAL && Character.isDigit(last(scalar.text()))) {
            BigDecimal number = new BigDecimal(scalar.text()).stripTrailingZeros();
            // The plain text of a number such as 1e1000000000 would be too long.
            return number.scale() <= 0 && number.scale() > -20 ? "write " + number.toPlainString() : null;
        }
        return adviceForNumber(scalar);
    }

    private static @Nullable String adviceForNumber(Scalar scalar) {
        if (scalar.kind() != Kind.TEXT) {
            return null;
        }
        String bare = scalar.text().strip().replace("_", "");
        if (bare.matches("[-+]?[0-9]+(\\.[0-9]*)?([eE][-+]?[0-9]+)?")) {
            return scalar.text().contains("_") ? "write " + bare : "write " + bare + " without quotes";
        }
        return null;
    }

    private static Reading decimal(Class<?> type, Scalar scalar) {
        String text = scalar.text();
        return switch (scalar.kind()) {
            case INTEGER -> decimalOfInteger(type, integer(text));
            case DECIMAL -> decimalOfText(type, text.toLowerCase(Locale.ROOT));
            default -> new Refused(TypeWords.one(type), adviceForDecimal(scalar));
        };
    }

    private static @Nullable String adviceForDecimal(Scalar scalar) {
        return switch (scalar.text()) {
            case "NaN" -> "write .nan";
            case "Infinity", "+Infinity" -> "write .inf";
            case "-Infinity" -> "write -.inf";
            default -> adviceForNumber(scalar);
        };
    }

    private static Reading decimalOfInteger(Class<?> type, BigInteger number) {
        double value = type == Float.class ? number.floatValue() : number.doubleValue();
        if (Double.isInfinite(value) || new BigDecimal(value).compareTo(new BigDecimal(number)) != 0) {
            return new Refused(
                    "a number that a %s holds exactly".formatted(primitive(type)), "write it with a decimal point");
        }
        return boxed(type, value);
    }

    private static Reading decimalOfText(Class<?> type, String text) {
        if (text.endsWith("nan")) {
            return boxed(type, Double.NaN);
        }
        if (text.endsWith("inf")) {
            return boxed(type, text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY);
        }
        boolean isZero = text.split("e", 2)[0].chars().allMatch(letter -> "0.+-".indexOf(letter) >= 0);
        double value = type == Float.class ? Float.parseFloat(text) : Double.parseDouble(text);
        if (Double.isInfinite(value) || (value == 0 && !isZero)) {
            return new Refused("a number in the range of a " + primitive(type), null);
        }
        return type == Float.class ? new Converted(Float.parseFloat(text)) : new Converted(value);
    }

    private static Reading boxed(Class<?> type, double value) {
        return new Converted(type == Float.class ? (Object) (float) value : (Object) value);
    }

    private static String primitive(Class<?> type) {
        return type == Float.class ? "float" : "double";
    }

    private static Reading truth(Scalar scalar) {
        String lower = scalar.text().toLowerCase(Locale.ROOT);
        if (scalar.kind() == Kind.BOOLEAN) {
            return new Converted(lower.equals("true"));
        }
        String advice = null;
        if (TRUE_WORDS.contains(lower) || FALSE_WORDS.contains(lower)) {
            advice = TRUE_WORDS.contains(lower) ? "write true" : "write false";
        } else if (lower.equals("true") || lower.equals("false")) {
            advice = "write " + lower + " without quotes";
        }
        return new Refused(TypeWords.one(Boolean.class), advice);
    }

    private static Reading constant(Class<?> type, Scalar scalar) {
        List<? extends Enum<?>> constants = Types.constants(type);
        Optional<? extends Enum<?>> exact = constants.stream()
                .filter(constant -> constant.name().equals(scalar.text()))
                .findFirst();
        if (exact.isPresent()) {
            return new Converted(exact.get());
        }
        List<? extends Enum<?>> folded = constants.stream()
                .filter(constant -> fold(constant.name()).equals(fold(scalar.text())))
                .toList();
        if (folded.size() == 1) {
            return new Converted(folded.getFirst());
        }
        Optional<String> advice = folded.isEmpty()
                ? NearName.advice(scalar.text(), Types.constantNames(type))
                : Optional.of(NearName.question(folded.stream().map(Enum::name).toList()));
        return new Refused(TypeWords.one(type), advice.orElse(null));
    }

    private static String fold(String name) {
        return name.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    private static Reading written(Class<?> type, Scalar scalar) {
        try {
            Method parse = type.getDeclaredMethod("parse", String.class);
            parse.setAccessible(true);
            return new Converted(Objects.requireNonNull(parse.invoke(null, scalar.text())));
        } catch (InvocationTargetException exception) {
            if (exception.getCause() instanceof IllegalArgumentException refusal) {
                return new Refused(TypeWords.one(type), refusal.getMessage());
            }
            throw new IllegalStateException(Texts.name(type) + ".parse failed", exception);
        } catch (NoSuchMethodException | IllegalAccessException exception) {
            throw new IllegalStateException(Texts.name(type) + " has no static method parse(String)", exception);
        }
    }

    private static Reading text(Class<?> type, Scalar scalar) {
        if (scalar.kind() != Kind.TEXT) {
            return new Refused(TypeWords.one(type), adviceForText(type, scalar));
        }
        String text = scalar.text();
        if (type == Path.class && RootedPath.isWritten(text)) {
            return rooted(text);
        }
        if (type == Path.class) {
            Optional<Path> path = text.isEmpty()
                    ? Optional.empty()
                    : FilePaths.resolve(text, scalar.origin().folder());
            return orRefused(
                    path,
                    type,
                    text.isEmpty()
                            ? "write \".\" for the folder of the file"
                            : NameCharset.isUtf8()
                                    ? null
                                    : "names of files are in " + NameCharset.name() + " here; " + NameCharset.ADVICE);
        }
        if (type == Duration.class) {
            return duration(text);
        }
        if (type == Requirement.class) {
            return requirement(text);
        }
        if (type == Character.class) {
            return orRefused(text.length() == 1 ? Optional.of(text.charAt(0)) : Optional.empty(), type, null);
        }
        return new Converted(text);
    }

    private static Reading rooted(String text) {
        RootedPath path;
        try {
            path = RootedPath.parse(text);
        } catch (IllegalArgumentException wrong) {
            return new Refused(TypeWords.one(Path.class), wrong.getMessage());
        }
        return RootPlaces.problem(path.root()).isEmpty()
                ? new Converted(path)
                : new Refused(
                        "a path below a root that is defined (%s)"
                                .formatted(
                                        RootPlaces.current().isEmpty()
                                                ? "there are none"
                                                : Texts.list(
                                                        RootPlaces.current().keySet())),
                        RootPlaces.advice(path.root()));
    }

    private static @Nullable String adviceForText(Class<?> type, Scalar scalar) {
        if (type == Requirement.class) {
            return null;
        }
        return (type == Duration.class ? "say the unit: \"%s s\"" : "put it in quotes: \"%s\"")
                .formatted(scalar.text());
    }

    private static Reading requirement(String text) {
        try {
            return new Converted(Requirement.parse(text, null));
        } catch (LaunchException exception) {
            return new Mistaken(Objects.requireNonNull(exception.getMessage()));
        }
    }

    private static Reading duration(String text) {
        try {
            return new Converted(DurationText.parse(text));
        } catch (IllegalArgumentException malformed) {
            return new Refused(
                    TypeWords.one(Duration.class),
                    "the units are ms, s, min, h, d and w, the larger first; or write it as PT5M");
        }
    }

    private static Reading orRefused(Optional<?> value, Class<?> type, @Nullable String advice) {
        return value.isPresent() ? new Converted(value.get()) : new Refused(TypeWords.one(type), advice);
    }

    private static char last(String text) {
        return text.charAt(text.length() - 1);
    }

    private static BigInteger[] limits(long least, long greatest) {
        return new BigInteger[] {BigInteger.valueOf(least), BigInteger.valueOf(greatest)};
    }
}
