package org.experimaestro.workspace.code;

import java.nio.file.Path;

/**
 * An entry of a class path, with the name that tells its content.
 *
 * @param name the name of its copy in a workspace, {@code NAME-DIGEST.jar}: entries of one name have the same content
 * @param place the copy, or the jar or folder of classes that a copy would be made of
 */
public record CodeEntry(String name, Path place) {
    /** The hyphen, 32 digits and the extension. */
    private static final int END = "-.jar".length() + 32;

    /**
     * Returns an entry that is a copy.
     *
     * @param copy a jar of a workspace
     * @return the entry
     */
    public static CodeEntry ofCopy(Path copy) {
        return new CodeEntry(copy.getFileName().toString(), copy);
    }

    /** Returns whether this is a copy, which a program of ours has made: another entry may be reached by links. */
    boolean isCopy() {
        return place.endsWith(name);
    }

    /**
     * Returns the name for people.
     *
     * @return the name without the digest
     */
    public String shortName() {
        return name.length() > END ? name.substring(0, name.length() - END) : name;
    }
}
