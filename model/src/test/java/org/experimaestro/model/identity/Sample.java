package org.experimaestro.model.identity;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.experimaestro.Config;
import org.experimaestro.Configurable;
import org.experimaestro.generated.Parameter;
import org.experimaestro.generated.TypeDescriptor;
import org.experimaestro.generated.ValueType;
import org.experimaestro.model.Assembly;
import org.jspecify.annotations.Nullable;

/** The value of a configuration whose type a test makes up: all types share this class. */
final class Sample implements Configurable {
    /** The type of a parameter that takes any sample. */
    static final ValueType TYPE = ValueType.config(Sample.class);

    private final @Nullable Object[] arguments;

    private Sample(@Nullable Object[] arguments) {
        this.arguments = arguments;
    }

    /** The descriptor of a made-up type. */
    static final class Type extends TypeDescriptor<Sample> {
        private final Map<String, Config<?>> defaultConfigs = new HashMap<>();

        Type(String typeId, int version, List<Parameter> parameters) {
            super(typeId, version, Sample.class, parameters.toArray(new Parameter[0]));
        }

        static Type of(String typeId, Parameter... parameters) {
            return new Type(typeId, 1, List.of(parameters));
        }

        /** Sets the default of a parameter whose default comes from a method. */
        Type withDefaultConfig(String parameter, Config<?> config) {
            defaultConfigs.put(parameter, config);
            return this;
        }

        /** Builds a configuration with the values of pairs of a name and a value. */
        Config<Sample> build(Object... namesAndValues) {
            Assembly<Sample> assembly = new Assembly<>(this);
            for (int i = 0; i < namesAndValues.length; i += 2) {
                assembly.set(assembly.index((String) namesAndValues[i]), namesAndValues[i + 1]);
            }
            return assembly.build();
        }

        @Override
        public Sample construct(@Nullable Object[] arguments) {
            return new Sample(arguments);
        }

        @Override
        public @Nullable Object read(Sample value, int index) {
            return value.arguments[index];
        }

        @Override
        public Config<?> firstDefaultConfig(int index) {
            return defaultConfigs.get("first " + parameter(index).name());
        }

        @Override
        public Config<?> defaultConfig(int index) {
            return defaultConfigs.get(parameter(index).name());
        }
    }
}
