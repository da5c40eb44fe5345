package org.experimaestro.generated;

import org.experimaestro.Config;
import org.experimaestro.ConfigProvider;

/** The way from {@link BuilderState} to the room {@code model}, which is above this one. */
public abstract class BuilderProvider extends ConfigProvider {

    /** For the model alone. */
    protected BuilderProvider() {}

    static BuilderProvider ofTheModel() {
        return (BuilderProvider) current();
    }

    /**
     * Makes a state: see {@link BuilderState#of}.
     *
     * @param type the type to build
     * @param <T> the configuration's class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> state(TypeDescriptor<T> type);

    /**
     * Makes a state: see {@link BuilderState#from}.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> stateFrom(Config<T> config);
}
