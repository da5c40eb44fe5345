package org.experimaestro.generated;

import org.experimaestro.Config;
import org.experimaestro.ConfigException;
import org.jspecify.annotations.Nullable;

/** What stands behind {@link BuilderState}: the room {@code model}, which is above this one. */
public abstract class BuilderProvider {
    private static final String MODEL = "org.experimaestro.model.BuilderStates";

    private static volatile @Nullable BuilderProvider provided;

    /** For the model alone. */
    protected BuilderProvider() {}

    /**
     * Called by the class initializer of the model's provider: found so, a job starts without reflection.
     *
     * @param provider the one provider
     */
    protected static void provide(BuilderProvider provider) {
        provided = provider;
    }

    static BuilderProvider current() {
        BuilderProvider known = provided;
        if (known == null) {
            try {
                Class.forName(MODEL, true, BuilderProvider.class.getClassLoader());
            } catch (ClassNotFoundException apart) {
                throw new ConfigException(
                        "Cannot build configurations: nothing here knows what is behind them",
                        null,
                        "put experimaestro-core on the class path",
                        apart);
            }
            known = java.util.Objects.requireNonNull(provided);
        }
        return known;
    }

    /**
     * Makes a state: see {@link BuilderState#of}.
     *
     * @param type the type to build
     * @param <T> the configuration's class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> of(TypeDescriptor<T> type);

    /**
     * Makes a state: see {@link BuilderState#from}.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> from(Config<T> config);
}
