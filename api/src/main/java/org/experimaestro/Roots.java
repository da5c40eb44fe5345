package org.experimaestro;

import java.nio.file.Path;

/**
 * A factory of paths below named roots. A laptop and a cluster have the same data at different places. A root is a
 * name for such a place; the settings of each machine define it, for example as {@code roots: {data: /srv/corpora}}.
 *
 * <p>{@snippet :
 * Config<Corpus> corpus = corpus().file(Roots.path("data:/trec/x.tsv")).build();
 * }
 */
public final class Roots {
    private Roots() {}

    /**
     * Creates a path below a named root. In the plan, it is the path on this machine.
     *
     * <p>A parameter with such a value is identified and stored by the name of the root and the path below it. The
     * task gets the path on the host that runs the job, as a plain path. Paths that are made from it and stay below
     * the root, for example with {@link Path#resolve(String)}, keep the root.
     *
     * @param path the name of the root (letters, digits, {@code -} and {@code _}), a colon, a slash, and the path
     *     below the root, as in {@code data:/trec/x.tsv}; {@code data:/} is the root itself
     * @return an absolute path of its own file system: a plain path does not resolve it, but {@link Path#toFile} and
     *     {@link java.nio.file.Files} accept it
     * @throws ConfigException if the text has another form, leads out of the root, or has a root that is not defined
     *     on this machine
     */
    public static Path path(String path) {
        return ConfigProvider.current().rooted(path);
    }
}
