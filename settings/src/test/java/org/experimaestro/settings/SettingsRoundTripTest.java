package org.experimaestro.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random settings, written as YAML in a random style, are read back as the same settings. */
class SettingsRoundTripTest {
    private static final int CASES = 300;
    private static final String LETTERS = "aZ9_ :#-[]{},&*!|>'\"%@`\\\n\t~=.éß漢😀";

    record Inner(long count, Optional<String> name, List<Double> values) {}

    record Settings(
            int whole,
            byte small,
            double real,
            float single,
            boolean flag,
            char letter,
            String text,
            TimeUnit unit,
            Duration timeout,
            Path path,
            Optional<Inner> maybe,
            List<Inner> inners,
            Set<String> names,
            Map<String, Integer> counts,
            Map<TimeUnit, List<Long>> byUnit) {}

    @TempDir
    Path folder;

    private final Random random = new Random(7);

    @Test
    void bind_randomSettings_givesThemBack() {
        var files = new TempFiles(folder.toAbsolutePath());
        for (int i = 0; i < CASES; i++) {
            Settings settings = settings();
            String yaml = yaml(settings);
            ExperimentFile file = files.debug(yaml);
            assertThat(file.bind(Settings.class)).as(yaml).isEqualTo(settings);
            String shown = file.show();
            assertThat(files.debug(shown).bind(Settings.class)).as(shown).isEqualTo(settings);
        }
    }

    private Settings settings() {
        return new Settings(
                random.nextInt(),
                (byte) random.nextInt(),
                real(),
                Float.intBitsToFloat(random.nextInt() & 0x7F7FFFFF),
                random.nextBoolean(),
                LETTERS.charAt(random.nextInt(20)),
                text(),
                unit(),
                Duration.ofMillis(random.nextLong(1_000_000_000)),
                folder.toAbsolutePath().resolve("p" + random.nextInt(100)),
                random.nextBoolean() ? Optional.of(inner()) : Optional.empty(),
                list(this::inner),
                new LinkedHashSet<>(list(this::text)),
                map(this::text, random::nextInt),
                map(this::unit, () -> list(random::nextLong)));
    }

    private Inner inner() {
        return new Inner(
                random.nextLong(), random.nextBoolean() ? Optional.of(text()) : Optional.empty(), list(this::real));
    }

    private double real() {
        return switch (random.nextInt(6)) {
            case 0 -> Double.NaN;
            case 1 -> Double.NEGATIVE_INFINITY;
            case 2 -> random.nextInt(1000);
            case 3 -> Double.MIN_VALUE;
            default -> random.nextGaussian() * Math.pow(10, random.nextInt(-300, 300));
        };
    }

    private TimeUnit unit() {
        return TimeUnit.values()[random.nextInt(TimeUnit.values().length)];
    }

    private String text() {
        int[] letters = LETTERS.codePoints().toArray();
        return random.ints(random.nextInt(8), 0, letters.length)
                .map(i -> letters[i])
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private <T> List<T> list(Supplier<T> item) {
        return Stream.generate(item).limit(random.nextInt(4)).toList();
    }

    private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
        var map = new LinkedHashMap<K, V>();
        for (int i = random.nextInt(4); i > 0; i--) {
            map.put(key.get(), value.get());
        }
        return map;
    }

    private String yaml(Settings settings) {
        var lines = new StringBuilder();
        line(lines, "whole", String.valueOf(settings.whole()));
        line(lines, "small", String.valueOf(settings.small()));
        line(lines, "real", number(settings.real()));
        line(lines, "single", String.valueOf(settings.single()));
        line(lines, "flag", String.valueOf(settings.flag()));
        line(lines, "letter", quoted(String.valueOf(settings.letter())));
        line(lines, "text", quoted(settings.text()));
        line(lines, "unit", name(settings.unit()));
        line(
                lines,
                "timeout",
                random.nextBoolean()
                        ? settings.timeout().toString()
                        : settings.timeout().toMillis() + " ms");
        line(
                lines,
                "path",
                random.nextBoolean()
                        ? settings.path().toString()
                        : settings.path().getFileName().toString());
        if (settings.maybe().isPresent() || random.nextBoolean()) {
            line(lines, "maybe", settings.maybe().map(this::yaml).orElse("~"));
        }
        line(lines, "inners", yaml(settings.inners(), this::yaml));
        line(lines, "names", yaml(settings.names(), this::quoted));
        line(lines, "counts", yaml(settings.counts(), this::quoted, String::valueOf));
        line(lines, "by_unit", yaml(settings.byUnit(), this::name, longs -> yaml(longs, String::valueOf)));
        return lines.toString();
    }

    private void line(StringBuilder lines, String key, String value) {
        lines.append(random.nextBoolean() ? key : "\"" + key + "\"")
                .append(": ")
                .append(value);
        lines.append(random.nextInt(4) == 0 ? " # comment\n\n" : "\n");
    }

    private String yaml(Inner inner) {
        String name = inner.name().map(text -> ", name: " + quoted(text)).orElse("");
        return "{count: %d%s, values: %s}".formatted(inner.count(), name, yaml(inner.values(), this::number));
    }

    private <T> String yaml(Collection<T> items, Function<T, String> writer) {
        return items.stream().map(writer).collect(Collectors.joining(", ", "[", "]"));
    }

    private <K, V> String yaml(Map<K, V> map, Function<K, String> key, Function<V, String> value) {
        return map.entrySet().stream()
                .map(entry -> key.apply(entry.getKey()) + ": " + value.apply(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private String number(double value) {
        if (Double.isNaN(value)) {
            return ".nan";
        }
        if (Double.isInfinite(value)) {
            return value < 0 ? "-.inf" : ".inf";
        }
        return value == Math.rint(value) && Math.abs(value) < 1000 && random.nextBoolean()
                ? String.valueOf((int) value)
                : String.valueOf(value);
    }

    private String name(TimeUnit unit) {
        return random.nextBoolean() ? unit.name() : unit.name().toLowerCase(Locale.ROOT);
    }

    private String quoted(String text) {
        return "\""
                + text.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t") + "\"";
    }
}
