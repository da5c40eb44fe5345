package org.experimaestro.base.text;

/** A value whose text for users differs from {@code toString}, such as a path below a named root. */
public interface Written {

    /**
     * Returns the text that a user writes, which is the same on each host.
     *
     * @return a text
     */
    String written();
}
