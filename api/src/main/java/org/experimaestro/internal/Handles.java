package org.experimaestro.internal;

import org.experimaestro.Config;
import org.jspecify.annotations.Nullable;

/** Leads from a {@link Config} to its node and back, without making either public. {@code Config} provides it. */
public abstract class Handles {
    private static @Nullable Handles provider;

    /** For {@code Config} alone. */
    protected Handles() {}

    /**
     * Called by the class initializer of {@code Config}.
     *
     * @param handles the provider
     */
    public static void provide(Handles handles) {
        provider = handles;
    }

    static <T> Config<T> wrap(Node<T> node) {
        return provider().newHandle(node);
    }

    static <T> Node<T> unwrap(Config<T> config) {
        return provider().node(config);
    }

    private static Handles provider() {
        if (provider == null) {
            Config.initialize();
        }
        return java.util.Objects.requireNonNull(provider);
    }

    /**
     * Makes the handle of a node.
     *
     * @param node the node
     * @param <T> its type
     * @return a new handle
     */
    protected abstract <T> Config<T> newHandle(Node<T> node);

    /**
     * The node of a handle.
     *
     * @param config the handle
     * @param <T> its type
     * @return its node
     */
    protected abstract <T> Node<T> node(Config<T> config);
}
