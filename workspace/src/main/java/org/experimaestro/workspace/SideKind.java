package org.experimaestro.workspace;

/** The kinds of what people start beside a run. */
public enum SideKind {
    /** A configuration that is executed once, with answers. */
    ACTION("actions", "action", "org.experimaestro.runtime.side.ActionMain"),
    /** A program that listens at a port until it is stopped. */
    SERVICE("services", "service", "org.experimaestro.runtime.side.ServiceMain");

    private final String folder;
    private final String word;
    private final String mainClass;

    SideKind(String folder, String word, String mainClass) {
        this.folder = folder;
        this.word = word;
        this.mainClass = mainClass;
    }

    /** Returns the name of the folder of all of this kind, in that of the run. */
    String folder() {
        return folder;
    }

    /** Returns the name of the file of a declaration. */
    String file() {
        return word + JobLayout.JSON;
    }

    /**
     * Returns the word for one.
     *
     * @return {@code action} or {@code service}
     */
    public String word() {
        return word;
    }

    /**
     * Returns the main class of its processes, by name, because its module is only on the class path of jobs.
     *
     * @return the name of a class
     */
    public String mainClass() {
        return mainClass;
    }
}
