package lint;

/** A mode; its constants are classes of their own. */
public enum Mode {
    /** The first. */
    A {
        @Override
        String text() {
            return "a";
        }
    },
    /**
     * The second.
     *
     * @deprecated it goes away
     */
    @Deprecated(forRemoval = true)
    B {
        @Override
        String text() {
            return "b";
        }
    },
    /**
     * The third.
     *
     * @deprecated use the first
     */
    @Deprecated
    record {
        @Override
        String text() {
            return "c";
        }
    };

    /**
     * Says what it is.
     *
     * @return a text
     */
    abstract String text();
}
