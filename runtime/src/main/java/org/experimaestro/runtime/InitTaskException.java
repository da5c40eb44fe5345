package org.experimaestro.runtime;

/** The failure of an init task, whose cause is what the init task has thrown. */
public final class InitTaskException extends Exception {
    private static final long serialVersionUID = 1;

    InitTaskException(String typeId, int number, int count, Throwable cause) {
        super(
                "the init task " + typeId + (count == 1 ? "" : " (" + number + " of " + count + ")") + " threw "
                        + cause,
                cause);
    }
}
