package org.experimaestro;

/** An image of a registry, known by its digest: {@link ContainerImage#find} makes it. Immutable. */
@ConfigType("experimaestro.registry-image")
public final class RegistryImage implements ContainerImage {
    private static final String DIGEST = "sha256:[0-9a-f]{64}";

    private final String name;
    private final String digest;

    /**
     * Creates an image.
     *
     * @param name where registries have it, without a tag or digest, such as {@code python}; it does not count
     * @param digest the digest of its manifest, such as {@code sha256:…}
     */
    @ConfigConstructor
    RegistryImage(@Meta String name, String digest) {
        if (!digest.matches(DIGEST)) {
            throw new IllegalArgumentException(
                    "the digest of an image is sha256: and 64 hexadecimal digits, not " + digest);
        }
        this.name = name;
        this.digest = digest;
    }

    /**
     * Returns the name.
     *
     * @return without a tag or digest
     */
    public String name() {
        return name;
    }

    /**
     * Returns the digest.
     *
     * @return {@code sha256:} and 64 hexadecimal digits
     */
    public String digest() {
        return digest;
    }

    /** Returns the name and the digest, as engines take them: {@code python@sha256:…}. */
    @Override
    public String toString() {
        return name + "@" + digest;
    }
}
