package org.experimaestro.core.serial;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.experimaestro.Config;
import org.experimaestro.ConfigType;
import org.experimaestro.Configurable;
import org.experimaestro.Default;
import org.experimaestro.GeneratedPath;
import org.experimaestro.Meta;
import org.experimaestro.SelfTask;
import org.experimaestro.TaskContext;

/** Configurations with parameters of all types. */
final class SerialConfigs {
    private SerialConfigs() {}

    interface Part extends Configurable {}

    enum Color {
        RED,
        GREEN {
            @Override
            public String toString() {
                return "a green of its own class";
            }
        }
    }

    @ConfigType("serial.scalars")
    record Scalars(
            boolean aBoolean,
            byte aByte,
            short aShort,
            int anInt,
            long aLong,
            char aChar,
            float aFloat,
            double aDouble,
            String aString,
            Color anEnum,
            Path aPath,
            Duration aDuration,
            Optional<Integer> anOptional,
            @Meta @Default("1") int meta)
            implements Part {}

    @ConfigType("serial.collections")
    record Collections(
            List<List<Double>> lists,
            Set<Float> set,
            Map<Color, Path> byEnum,
            Map<Float, String> byFloat,
            Map<Double, Long> byDouble,
            Map<Integer, Set<String>> byInt,
            Map<String, List<Duration>> byText)
            implements Part {}

    @ConfigType("serial.tree")
    record Tree(Optional<Part> first, List<Part> parts, Map<String, Part> named, Set<Part> set) implements Part {}

    @ConfigType("serial.adam")
    record Adam(@Default("0.001") double lr) implements Part {
        Adam {
            if (lr <= 0) {
                throw new IllegalArgumentException("lr must be positive");
            }
        }
    }

    @ConfigType("serial.learn")
    record Learn(
            Part optimizer,
            List<Part> layers,
            int epochs,
            Path data,
            Color color,
            Duration limit,
            @Meta @Default("2") int gpus,
            @GeneratedPath("model.bin") Path model)
            implements SelfTask<Learn>, Part {
        @Override
        public void execute(TaskContext context) {}
    }

    static <T> Config<T> config(Class<T> type, Object... namesAndValues) {
        var builder = Config.builder(type);
        for (int i = 0; i < namesAndValues.length; i += 2) {
            builder.set((String) namesAndValues[i], namesAndValues[i + 1]);
        }
        return builder.build();
    }
}
