package org.experimaestro.generated;

import org.experimaestro.Config;
import org.experimaestro.ConfigProvider;

/** The bridge from {@link BuilderState} to the module {@code model}, which depends on this module. */
public abstract class BuilderProvider extends ConfigProvider {

    /** Creates a provider. Only the module {@code model} extends this class. */
    protected BuilderProvider() {}

    static BuilderProvider ofTheModel() {
        return (BuilderProvider) current();
    }

    /**
     * Creates a state: see {@link BuilderState#of}.
     *
     * @param type the type to build
     * @param <T> the configuration's class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> state(TypeDescriptor<T> type);

    /**
     * Creates a state: see {@link BuilderState#from}.
     *
     * @param config the configuration
     * @param <T> its class
     * @return a new state
     */
    protected abstract <T> BuilderState<T> stateFrom(Config<T> config);
}
