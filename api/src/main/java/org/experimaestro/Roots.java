package org.experimaestro;

import java.nio.file.Path;

/**
 * Makes paths below named roots. A laptop and a cluster have the same data at different places; a root is a name for such a
 * place, and {@code roots: {data: /srv/corpora}} in the settings of each says where it is.
 */
public final class Roots {
    private Roots() {}

    /**
     * Makes a path below a named root. It is used in the plan as the path that it is on this machine. Where it is the value of
     * a parameter, the parameter is identified and stored by the name of the root and the path below it; the task gets the path
     * on the host that runs the job, as a plain path. Paths that are made of it and stay below the root, as by
     * {@link Path#resolve(String)}, are known by the root, too.
     *
     * @param path the name of the root (letters, digits, {@code -} and {@code _}), a colon, a slash, and the path below the
     *     root, as in {@code data:/trec/x.tsv}; {@code data:/} is the root itself
     * @return an absolute path, of a file system of its own: a plain path does not resolve it, and {@link Path#toFile} and
     *     {@link java.nio.file.Files} take it as any other
     * @throws ConfigException if the text has another form, or leads out of the root, or the root is not defined on this
     *     machine
     */
    public static Path path(String path) {
        return ConfigProvider.current().rooted(path);
    }
}
