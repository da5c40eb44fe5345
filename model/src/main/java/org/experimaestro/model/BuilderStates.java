package org.experimaestro.model;

import org.experimaestro.Config;
import org.experimaestro.generated.BuilderProvider;
import org.experimaestro.generated.BuilderState;
import org.experimaestro.generated.TypeDescriptor;

/** Provides generated builders with their states. {@link BuilderProvider} finds it by its name. */
public final class BuilderStates extends BuilderProvider {
    static {
        provide(new BuilderStates());
    }

    private BuilderStates() {}

    @Override
    protected <T> BuilderState<T> of(TypeDescriptor<T> type) {
        return new Assembly<>(type);
    }

    @Override
    protected <T> BuilderState<T> from(Config<T> config) {
        return Assembly.from(config);
    }
}
