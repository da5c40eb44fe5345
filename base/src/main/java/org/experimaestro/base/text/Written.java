package org.experimaestro.base.text;

/** A value that a user writes as another text than {@code toString} returns, such as a path below a named root. */
public interface Written {

    /**
     * The text that a user writes, which is the same on each host.
     *
     * @return a text
     */
    String written();
}
