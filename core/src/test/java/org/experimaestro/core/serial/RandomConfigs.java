package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import org.experimaestro.Config;
import org.experimaestro.core.serial.SerialConfigs.Color;
import org.experimaestro.model.ConfigNode;
import org.experimaestro.model.Node;
import org.experimaestro.model.Producer;
import org.experimaestro.model.root.RootedPath;

/** A generator of configurations, the same for the same seed: with shared parts, tags, producers, odd values. */
final class RandomConfigs {
    private static final List<Double> DECIMALS = List.of(
            0.0, -0.0, 0.1, 1e300, 1e-320, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e20, 3.0);
    private static final List<Float> FLOATS = List.of(0.1f, Float.MIN_VALUE, Float.MAX_VALUE, Float.NaN, -1.5f, 3f);
    private static final List<Long> WHOLES = List.of(0L, -1L, 1L, 127L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53 | 1);
    private static final List<String> TEXTS =
            List.of("", "@scalars", "é\n\"\\", "\u0000", "\uD83D\uDE00", "null", "\u2028", "@");
    private static final List<Duration> DURATIONS =
            List.of(Duration.ZERO, Duration.ofMillis(-1), Duration.ofNanos(1), Duration.ofDays(40_000));

    private final Random random;
    private final Path workspace;
    private final List<Config<?>> made = new ArrayList<>();

    RandomConfigs(long seed, Path workspace) {
        this.random = new Random(seed);
        this.workspace = workspace;
    }

    /** Returns a configuration whose parts are among the previous ones. */
    Config<?> next() {
        Config<?> config = random.nextInt(3) == 0 ? scalars() : random.nextInt(3) == 0 ? collections() : tree();
        if (random.nextInt(4) == 0) {
            config = config.tag(pick(TEXTS) + "t", pick(List.<Object>of(1, 2.5, true, "é")));
        }
        if (random.nextInt(6) == 0) {
            config = config.stopTags();
        }
        if (random.nextInt(4) == 0 && !made.isEmpty()) {
            config = produced(config, pick(made));
        }
        made.add(config);
        return config;
    }

    private <T> Config<T> produced(Config<T> config, Config<?> by) {
        Path folder =
                workspace.resolve("jobs").resolve(by.type()).resolve(by.id().toString());
        Producer producer = new Producer(by.type(), by.id(), folder, (ConfigNode<?>) Node.of(by));
        return ((ConfigNode<T>) Node.of(config)).producedBy(producer);
    }

    private Config<?> scalars() {
        return SerialConfigs.config(
                SerialConfigs.Scalars.class,
                "aBoolean",
                random.nextBoolean(),
                "aByte",
                (byte) random.nextInt(),
                "aShort",
                (short) random.nextInt(),
                "anInt",
                random.nextInt(),
                "aLong",
                pick(WHOLES),
                "aChar",
                pick(List.of('a', '\u0000', '"', '\uD83D', '\uFFFF')),
                "aFloat",
                pick(FLOATS),
                "aDouble",
                pick(DECIMALS),
                "aString",
                pick(TEXTS),
                "anEnum",
                pick(List.of(Color.values())),
                "aPath",
                path(),
                "aDuration",
                pick(DURATIONS),
                "anOptional",
                random.nextBoolean() ? Optional.empty() : Optional.of(random.nextInt()),
                "meta",
                random.nextInt());
    }

    private Config<?> collections() {
        return SerialConfigs.config(
                SerialConfigs.Collections.class,
                "lists",
                some(() -> some(() -> pick(DECIMALS))),
                "set",
                some(() -> pick(FLOATS)),
                "byEnum",
                map(() -> pick(List.of(Color.values())), this::path),
                "byFloat",
                map(() -> pick(FLOATS), () -> pick(TEXTS)),
                "byDouble",
                map(() -> pick(DECIMALS) + 0.0, () -> pick(WHOLES)),
                "byInt",
                map(random::nextInt, () -> some(() -> pick(TEXTS))),
                "byText",
                map(() -> pick(TEXTS), () -> some(() -> pick(DURATIONS))));
    }

    private Config<?> tree() {
        return SerialConfigs.config(
                SerialConfigs.Tree.class,
                "first",
                made.isEmpty() || random.nextBoolean() ? Optional.empty() : Optional.of(pick(made)),
                "parts",
                parts(),
                "named",
                made.isEmpty() ? Map.of() : map(() -> pick(TEXTS), () -> pick(made)),
                "set",
                parts());
    }

    private List<Config<?>> parts() {
        return made.isEmpty() ? List.of() : some(() -> pick(made));
    }

    private Path path() {
        return pick(List.of(
                Path.of("/data/a"),
                RootedPath.parse("data:/a"),
                RootedPath.parse("data:/"),
                Path.of("/"),
                workspace,
                workspace.resolve("with space/é"),
                workspace.resolve("jobs/x.y/0123456789abcdef0123456789abcdef/model.bin"),
                Path.of("/elsewhere/jobs/x.y/0123456789abcdef0123456789abcdef"),
                workspace.resolve("../beside")));
    }

    private <E> List<E> some(Supplier<E> element) {
        List<E> list = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            list.add(element.get());
        }
        return list;
    }

    private <K, V> Map<K, V> map(Supplier<K> key, Supplier<V> value) {
        Map<K, V> map = new HashMap<>();
        some(key).forEach(each -> map.put(each, value.get()));
        return map;
    }

    private <E> E pick(List<? extends E> elements) {
        return elements.get(random.nextInt(elements.size()));
    }
}
